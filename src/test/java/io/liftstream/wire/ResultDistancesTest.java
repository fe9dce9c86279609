package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageSize;
import io.liftstream.proto.foxglove.RawImage;
import io.liftstream.proto.v1.DepthEstimationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Distances of pixels, and the size of the picture, on the wire. */
class ResultDistancesTest {
    private static final ImageSize PICTURE = new ImageSize(60, 40);
    private static final ImageSize SIZE = new ImageSize(3, 2);
    private static final float[] METRES = {1.25f, 0.0004f, 0, Float.NaN, 9.999f, 10};

    private final Lifted sent = Lifted.distances(PICTURE, SIZE, METRES);

    @ParameterizedTest
    @EnumSource(DistanceFormat.class)
    void eachFormatHasTheBytesOfTheGeneratedClasses(DistanceFormat distances) throws Exception {
        byte[] value = sent.encode(format(distances, 1 << 20)).value();

        DepthEstimationResult message = DepthEstimationResult.parseFrom(value);
        assertThat(message.getUnknownFields().asMap()).isEmpty();
        assertThat(value).isEqualTo(message.toByteArray());
        assertThat(message.hasDepth()).isEqualTo(distances != DistanceFormat.NONE);
    }

    @Test
    void metresComeBackExactAndMillimetresRounded() throws Exception {
        assertThat(read(DistanceFormat.METRES))
                .containsExactly(1.25f, 0.0004f, Float.NaN, Float.NaN, 9.999f, Float.NaN);
        assertThat(read(DistanceFormat.MILLIMETRES))
                .containsExactly(1.25f, 0.001f, Float.NaN, Float.NaN, 9.999f, Float.NaN);
        assertThat(read(DistanceFormat.NONE)).isNull();
    }

    @Test
    void theBytesOfTheFieldAreAFoxgloveRawImage() throws Exception {
        DepthEstimationResult message =
                DepthEstimationResult.parseFrom(
                        sent.encode(format(DistanceFormat.MILLIMETRES, 1 << 20)).value());

        RawImage image = RawImage.parseFrom(message.getDepth().toByteArray());

        assertThat(image.getUnknownFields().asMap()).isEmpty();
        assertThat(image.getTimestamp()).isEqualTo(message.getCaptureTime());
        assertThat(image.getFrameId()).isEqualTo("gate");
        assertThat(image.getWidth()).isEqualTo(3);
        assertThat(image.getHeight()).isEqualTo(2);
        assertThat(image.getEncoding()).isEqualTo("16UC1");
        assertThat(image.getStep()).isEqualTo(6);
        assertThat(image.getData()).hasSize(12);
    }

    @Test
    void aResultOfAnotherSizeNamesThePictures() throws Exception {
        ReadResult read =
                ResultDecoder.decode(sent.encode(format(DistanceFormat.NONE, 1 << 20)).value());

        assertThat(read.result().width()).isEqualTo(3);
        assertThat(read.result().pictureSize()).isEqualTo(PICTURE);
        byte[] whole =
                Lifted.distances(SIZE, SIZE, METRES)
                        .encode(format(DistanceFormat.NONE, 1 << 20))
                        .value();
        assertThat(DepthEstimationResult.parseFrom(whole).hasPictureWidth()).isFalse();
        assertThat(ResultDecoder.decode(whole).result().pictureSize()).isEqualTo(SIZE);
    }

    @Test
    void distancesCountBeforeAnythingIsSpent() {
        ResultEncoder encoder = new ResultEncoder(format(DistanceFormat.METRES, 599));

        encoder.requireMayFit(new ImageSize(11, 9));
        assertThatThrownBy(() -> encoder.requireMayFit(new ImageSize(10, 10)))
                .isInstanceOf(LiftingException.class)
                .hasMessage(
                        "result size is 10 x 10: its depth alone has 600 bytes; send a smaller image,"
                                + " set result.size to network, or raise result.max-bytes (599)");
    }

    @Test
    void distancesOfAnotherSizeOrEncodingAreNamed() throws Exception {
        DepthEstimationResult whole =
                DepthEstimationResult.parseFrom(
                        sent.encode(format(DistanceFormat.METRES, 1 << 20)).value());
        var cut = whole.toBuilder();
        cut.getDepthBuilder().setData(ByteString.copyFrom(new byte[23]));
        var other = whole.toBuilder();
        other.getDepthBuilder().setEncoding("64FC1");

        assertThatThrownBy(() -> ResultDecoder.decode(cut.build().toByteArray()))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .hasMessage("depth is 3 x 2 pixels in 23 bytes: not readable here");
        assertThatThrownBy(() -> ResultDecoder.decode(other.build().toByteArray()))
                .isInstanceOf(InvalidProtocolBufferException.class)
                .hasMessage("depth.encoding is 64FC1: not readable here");
    }

    private float[] read(DistanceFormat distances) throws Exception {
        return ResultDecoder.decode(sent.encode(format(distances, 1 << 20)).value())
                .result()
                .distances();
    }

    private static ResultFormat format(DistanceFormat distances, int maxBytes) {
        return new ResultFormat(DepthMapFormat.FLOAT16, DepthImageFormat.PNG, distances, maxBytes);
    }
}
