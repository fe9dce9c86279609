package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.liftstream.proto.v1.DepthEstimationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes that are written straight to their place are those that the generated classes write.
 */
class ResultBytesTest {
    private static final int ROOMY = 1 << 20;

    @ParameterizedTest
    @EnumSource(DepthMapFormat.class)
    void eachFormatHasTheBytesOfTheGeneratedClasses(DepthMapFormat depthMap) throws Exception {
        for (DepthImageFormat depthImage : DepthImageFormat.values()) {
            ResultFormat format =
                    new ResultFormat(depthMap, depthImage, DistanceFormat.NONE, ROOMY);
            assertAsGenerated(Lifted.small(), format);
            assertAsGenerated(Lifted.ofSize(64, 48), format);
            assertAsGenerated(Lifted.withoutCloud(Lifted.small()), format);
            assertAsGenerated(Lifted.meshed(20, 10), format);
        }
    }

    /** From a cloud of every pixel to none; lengths around 2^7 and 2^14 change their own width. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40})
    void eachSizeAndDegradationHasTheBytesOfTheGeneratedClasses(int side) throws Exception {
        Lifted lifted = Lifted.ofSize(side, side);
        int whole = lifted.encode(format(ROOMY)).value().length;
        int smallest = 2 * side * side * 2 + 320;
        for (int limit = whole; limit > smallest; limit -= Math.max(1, (whole - smallest) / 50)) {
            byte[] value = assertAsGenerated(lifted, format(limit));
            assertThat(value).hasSizeLessThanOrEqualTo(limit);
        }
    }

    @Test
    void anEmptyCloudIsThereWithoutPoints() throws Exception {
        Lifted lifted = Lifted.ofSize(0, 0);

        byte[] value = assertAsGenerated(lifted, format(ROOMY));

        DepthEstimationResult message = DepthEstimationResult.parseFrom(value);
        assertThat(message.hasPointCloud()).isTrue();
        assertThat(message.getPointCloud().getData()).isEqualTo(ByteString.EMPTY);
        assertThat(message.getPointCloud().getPointStride()).isEqualTo(16);
    }

    private static ResultFormat format(int maxBytes) {
        return new ResultFormat(
                DepthMapFormat.FLOAT32, DepthImageFormat.RAW, DistanceFormat.NONE, maxBytes);
    }

    private static byte[] assertAsGenerated(Lifted lifted, ResultFormat format) throws Exception {
        byte[] value = lifted.encode(format).value();
        DepthEstimationResult message = DepthEstimationResult.parseFrom(value);
        assertThat(message.getUnknownFields().asMap()).isEmpty();
        assertThat(value).isEqualTo(message.toByteArray());
        return value;
    }
}
