package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.MetricBasis;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.proto.v1.DepthMapEncoding;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultRoundTripTest {
    private static final int ROOMY = 1 << 20;

    @ParameterizedTest
    @EnumSource(DepthImageFormat.class)
    void aResultComesBackWhole(DepthImageFormat depthImage) throws Exception {
        Lifted sent = Lifted.small();

        ReadResult read =
                ResultDecoder.decode(
                        encode(sent, DepthMapFormat.FLOAT32, depthImage, ROOMY).value());

        assertThat(read.cameraId()).isEqualTo("gate");
        assertThat(read.epoch()).isEqualTo(2);
        assertThat(read.captureTimeNanos()).isEqualTo(1_700_000_000_123_456_789L);
        assertThat(read.sequence()).isEqualTo(7);
        assertThat(read.intrinsicsSource()).isEqualTo(IntrinsicsSource.CAMERA_CONFIG);
        assertThat(read.degradations()).isEmpty();
        assertThat(read.provenance()).isEqualTo(sent.frame.frame().provenance());
        assertThat(read.result())
                .usingRecursiveComparison()
                .ignoringFields("backendUsed") // The wire names no file of any host.
                .isEqualTo(sent.result());
        assertThat(read.result().backendUsed()).isEqualTo(Lifted.BACKEND);
        assertThat(read.result().pointCloudScale()).isEqualTo(1.0);
    }

    @Test
    void withoutCloudAndDepthImageNeitherIsThere() throws Exception {
        Lifted sent = Lifted.withoutCloud(Lifted.small());

        DepthEstimationResult read = decode(sent, DepthMapFormat.NONE);

        assertThat(read.depthMap()).isNull();
        assertThat(read.depthImage()).isNull();
        assertThat(read.pointCloud()).isNull();
        assertThat(read.minDepth()).isEqualTo(-1.5f);
        assertThat(read.maxDepth()).isEqualTo(7.75f);
    }

    @Test
    void float16KeepsTheNearestHalfAndTheExactExtremes() throws Exception {
        Lifted sent = Lifted.ofSize(40, 30);

        DepthEstimationResult read = decode(sent, DepthMapFormat.FLOAT16);

        float[] depth = sent.result().depthMap();
        for (int i = 0; i < depth.length; i++) {
            assertThat(read.depthMap()[i])
                    .isEqualTo(Fp16Conversions.fp16ToFloat(Fp16Conversions.floatToFp16(depth[i])));
            assertThat((double) read.depthMap()[i])
                    .isBetween(depth[i] * (1 - 0x1p-11), depth[i] * (1 + 0x1p-11));
        }
        assertThat(read.maxDepth()).isEqualTo(depth[depth.length - 1]);
        assertThat(read.maxDepth()).isNotEqualTo(read.depthMap()[depth.length - 1]);
    }

    @Test
    void float16FallsBackToFloat32ForValuesThatItCannotHold() throws Exception {
        float[] fits = {-65504, 65504};
        float[] tooLarge = {0, Math.nextUp(65504f)};
        float[] tooSmall = {Math.nextDown(-65504f), 0};

        assertThat(encodingOf(fits)).isEqualTo(DepthMapEncoding.DEPTH_MAP_ENCODING_FLOAT16);
        for (float[] depth : new float[][] {tooLarge, tooSmall}) {
            assertThat(encodingOf(depth)).isEqualTo(DepthMapEncoding.DEPTH_MAP_ENCODING_FLOAT32);
            assertThat(decode(Lifted.of(2, 1, depth), DepthMapFormat.FLOAT16).depthMap())
                    .isEqualTo(depth);
        }
    }

    @Test
    void whatASensorDidNotMeasureStaysSoInFloat16() throws Exception {
        Lifted finite = Lifted.of(4, 1, new float[] {1, 2, 3, 4});
        float[] depth = finite.result().depthMap();
        depth[1] = Float.NaN;
        depth[2] = Float.POSITIVE_INFINITY;
        depth[3] = Float.NEGATIVE_INFINITY;

        float[] read = decode(finite, DepthMapFormat.FLOAT16).depthMap();

        assertThat(read)
                .containsExactly(1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    }

    @Test
    void theIdNamesTheFramesRecordAndTheModel() {
        EncodedResult encoded =
                encode(Lifted.small(), DepthMapFormat.FLOAT32, DepthImageFormat.PNG, ROOMY);

        assertThat(encoded.cameraId()).isEqualTo("gate");
        assertThat(encoded.captureTimeNanos()).isEqualTo(1_700_000_000_123_456_789L);
        assertThat(encoded.id()).isEqualTo("liftstream.frames/1/1234/" + Lifted.BACKEND);
    }

    @Test
    void theSameResultHasTheSameBytesAndTheyAreThoseOfThisVersion() throws IOException {
        byte[] first =
                encode(Lifted.small(), DepthMapFormat.FLOAT32, DepthImageFormat.RAW, ROOMY).value();
        byte[] second =
                encode(Lifted.small(), DepthMapFormat.FLOAT32, DepthImageFormat.RAW, ROOMY).value();

        assertThat(second).isEqualTo(first);
        try (InputStream golden = getClass().getResourceAsStream("depth-result-v1-metres.binpb")) {
            assertThat(first).isEqualTo(golden.readAllBytes());
        }
    }

    @Test
    void aResultOfBeforeTheScaleWasOnTheWireIsRead() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("depth-result-v1.binpb")) {
            DepthEstimationResult read = ResultDecoder.decode(golden.readAllBytes()).result();
            assertThat(read.metricBasis()).isEqualTo(MetricBasis.GUESS);
            assertThat(read.edgePoints()).isZero();
            assertThat(read.scale()).isNull();
        }
    }

    @Test
    void theSamePngHasTheSameBytes() {
        assertThat(
                        encode(
                                        Lifted.ofSize(40, 30),
                                        DepthMapFormat.NONE,
                                        DepthImageFormat.PNG,
                                        ROOMY)
                                .value())
                .isEqualTo(
                        encode(
                                        Lifted.ofSize(40, 30),
                                        DepthMapFormat.NONE,
                                        DepthImageFormat.PNG,
                                        ROOMY)
                                .value());
    }

    @Test
    void partsThatAreNotOfTheirStatedSizeAreRefused() throws Exception {
        var good = message(Lifted.small(), DepthMapFormat.FLOAT32);
        ByteString odd = ByteString.copyFrom(new byte[3]);
        var shortMap = good.toBuilder();
        shortMap.getDepthMapBuilder().setData(odd);
        var hugeMap = good.toBuilder();
        hugeMap.getDepthMapBuilder().setWidth(-1).setHeight(-1);
        var shortCloud = good.toBuilder();
        shortCloud.getPointCloudBuilder().setData(odd);
        var otherStride = good.toBuilder();
        otherStride.getPointCloudBuilder().setPointStride(32);
        var noPng = good.toBuilder();
        noPng.getDepthImageBuilder().setData(odd);
        var otherPng = good.toBuilder();
        otherPng.getDepthImageBuilder().setWidth(2);
        var newEncoding = good.toBuilder();
        newEncoding.getDepthMapBuilder().setEncodingValue(77);
        var newFormat = good.toBuilder();
        newFormat.getDepthImageBuilder().setFormatValue(77);

        for (var bad :
                new io.liftstream.proto.v1.DepthEstimationResult.Builder[] {
                    shortMap,
                    hugeMap,
                    shortCloud,
                    otherStride,
                    noPng,
                    otherPng,
                    newEncoding,
                    newFormat
                }) {
            assertThatThrownBy(() -> ResultDecoder.decode(bad.build().toByteArray()))
                    .isInstanceOf(InvalidProtocolBufferException.class);
        }
    }

    private static DepthMapEncoding encodingOf(float[] depth) throws Exception {
        return message(Lifted.of(2, 1, depth), DepthMapFormat.FLOAT16).getDepthMap().getEncoding();
    }

    private static io.liftstream.proto.v1.DepthEstimationResult message(
            Lifted lifted, DepthMapFormat depthMap) throws InvalidProtocolBufferException {
        return io.liftstream.proto.v1.DepthEstimationResult.parseFrom(
                encode(lifted, depthMap, DepthImageFormat.PNG, ROOMY).value());
    }

    private static DepthEstimationResult decode(Lifted lifted, DepthMapFormat depthMap)
            throws InvalidProtocolBufferException {
        return ResultDecoder.decode(encode(lifted, depthMap, DepthImageFormat.PNG, ROOMY).value())
                .result();
    }

    private static EncodedResult encode(
            Lifted lifted, DepthMapFormat depthMap, DepthImageFormat depthImage, int limit) {
        return lifted.encode(new ResultFormat(depthMap, depthImage, DistanceFormat.NONE, limit));
    }

    @Test
    void aResultOfBeforeItsNumbersWereOnTheWireIsRead() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("depth-result-v1-scale.binpb")) {
            DepthEstimationResult read = ResultDecoder.decode(golden.readAllBytes()).result();
            assertThat(read.depthToMetres()).isNull();
            assertThat(read.scale()).isNotNull();
        }
    }
}
