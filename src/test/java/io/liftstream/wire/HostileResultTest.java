package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.proto.v1.DepthEstimationResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that nobody lifted: whoever may write to the topic can send them. */
class HostileResultTest {
    private static final String ORDERS = "\u001b]0;owned\u0007\n";

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("a camera that leads out", "camera_id", r -> r.setCameraId("../../x")),
                lie("a size that is none", "size", r -> r.setWidth(0)),
                lie("a size beyond all", "size", r -> r.setWidth(1 << 30).setHeight(1 << 30)),
                lie("a map of another size", "depth_map", r -> r.setWidth(100).setHeight(100)),
                lie(
                        "an image of another size",
                        "depth_image",
                        r -> r.clearDepthMap().setWidth(100).setHeight(100)),
                lie(
                        "distances of another size",
                        "depth is",
                        r -> {
                            r.getDepthBuilder()
                                    .setWidth(1)
                                    .setHeight(1)
                                    .setEncoding("32FC1")
                                    .setData(ByteString.copyFrom(new byte[4]));
                            return r;
                        }),
                lie(
                        "more points than pixels",
                        "point_cloud",
                        r -> {
                            r.getPointCloudBuilder()
                                    .setData(
                                            r.getPointCloud()
                                                    .getData()
                                                    .concat(r.getPointCloud().getData()));
                            return r;
                        }),
                lie(
                        "a time beyond all years",
                        "capture_time",
                        r -> {
                            r.getCaptureTimeBuilder().setSeconds(1L << 62);
                            return r;
                        }),
                lie(
                        "half a time",
                        "capture_time",
                        r -> {
                            r.getCaptureTimeBuilder().setNanos(-1);
                            return r;
                        }),
                lie("no time", "capture_time", r -> r.clearCaptureTime()),
                lie(
                        "a lens that orders the terminal about",
                        "lens.distortion_model is ?]0;owned??",
                        r -> {
                            r.getLensBuilder().setDistortionModel(ORDERS);
                            return r;
                        }),
                lie(
                        "a lens of no numbers",
                        "lens: ",
                        r -> {
                            r.getLensBuilder().setDistortionModel("plumb_bob");
                            return r;
                        }));
    }

    private static Arguments lie(
            String name, String said, UnaryOperator<DepthEstimationResult.Builder> change) {
        return Arguments.of(name, said, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void isRefusedAndSaidInOneLineAndTheNextIsRead(
            String name, String said, UnaryOperator<DepthEstimationResult.Builder> change)
            throws Exception {
        byte[] value = change.apply(good()).build().toByteArray();
        assertThatExceptionOfType(InvalidProtocolBufferException.class)
                .isThrownBy(() -> ResultDecoder.decode(value));
        StringWriter complaints = new StringWriter();
        RecordDecoder<ReadResult> records =
                new RecordDecoder<>(
                        EventHeaders.RESULT, ResultDecoder::decode, new PrintWriter(complaints));

        assertThat(records.decode(record(value))).isNull();
        assertThat(records.decode(record(good().build().toByteArray()))).isNotNull();
        assertThat(records.exitCode()).isOne();
        assertThat(complaints.toString())
                .startsWith("depth/0/5 is no ")
                .contains(said)
                .hasLineCount(2)
                .doesNotContain("\u001b");
    }

    @Test
    void textOfAResultOrdersNoTerminalAbout() throws Exception {
        DepthEstimationResult.Builder result = good().setBackendUsed("x" + ORDERS);
        result.getProvenanceBuilder().setTopic("t" + ORDERS);

        ReadResult read = ResultDecoder.decode(result.build().toByteArray());

        assertThat(read.result().backendUsed()).isEqualTo("x?]0;owned??");
        assertThat(read.provenance().topic()).isEqualTo("t?]0;owned??");
    }

    private static DepthEstimationResult.Builder good() throws InvalidProtocolBufferException {
        return DepthEstimationResult.parseFrom(Lifted.messages().get(0)).toBuilder();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("depth", 0, 5, new byte[0], value);
        record.headers()
                .add(EventHeaders.TYPE, EventHeaders.RESULT.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
