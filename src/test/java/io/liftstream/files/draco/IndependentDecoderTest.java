package io.liftstream.files.draco;

import static org.assertj.core.api.Assertions.assertThat;

import com.openize.drako.AttributeType;
import com.openize.drako.Draco;
import com.openize.drako.DracoPointCloud;
import com.openize.drako.PointAttribute;
import io.liftstream.frame.Axes;
import io.liftstream.lifting.PointCloud;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A decoder that others wrote (drako, a port of Google's) reads our files as ours does. Google's
 * own was seen to read them too: {@code src/main/python/check_draco.py}.
 */
class IndependentDecoderTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 100, 1001, 20_000})
    void readsTheSamePointsInTheSameOrder(int count) throws Exception {
        DracoEncoder encoder = new DracoEncoder();
        assertThat(encoder.encode(RandomCloud.walk(new Random(count), count), count)).isTrue();
        byte[] file = new byte[encoder.size()];
        encoder.write(file, 0);
        PointCloud ours = new PointCloud(DracoDecoder.decode(file, count), Axes.OPTICAL);

        DracoPointCloud theirs = Draco.decode(file);

        assertThat(theirs.getNumPoints()).isEqualTo(count);
        PointAttribute positions = theirs.getNamedAttribute(AttributeType.POSITION);
        PointAttribute colours = theirs.getNamedAttribute(AttributeType.COLOR);
        float[] position = new float[3];
        byte[] colour = new byte[3];
        for (int point = 0; point < count; point++) {
            positions.getValue(positions.mappedIndex(point), position);
            assertThat(position).containsExactly(ours.x(point), ours.y(point), ours.z(point));
            colours.getValue(colours.mappedIndex(point), colour);
            assertThat(colour)
                    .containsExactly(ours.red(point), ours.green(point), ours.blue(point));
        }
    }
}
