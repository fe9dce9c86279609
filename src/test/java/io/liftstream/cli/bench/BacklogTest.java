package io.liftstream.cli.bench;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import io.liftstream.wire.FrameDecoder;
import java.util.List;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class BacklogTest {

    @Test
    void everySubtaskGetsAsManyCameras() {
        List<String> cameras = Backlog.cameras(3, 4096);

        assertThat(cameras).doesNotHaveDuplicates().hasSize(48);
        assertThat(
                        cameras.stream()
                                .collect(
                                        groupingBy(
                                                id ->
                                                        KeyGroupRangeAssignment
                                                                .assignKeyToParallelOperator(
                                                                        id, 4096, 3),
                                                counting()))
                                .values())
                .containsOnly(16L);
    }

    @Test
    void aCamerasFramesAreCountedAndStayInOnePartition() {
        Backlog backlog = new Backlog("frames", new PictureSize(32, 24), 2);

        ProducerRecord<byte[], byte[]> first = backlog.record(1, 1000);
        ProducerRecord<byte[], byte[]> second = backlog.record(33, 2000);

        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.partition()).isEqualTo(first.partition()).isLessThan(4);
        assertThat(frame(first).sequence()).isZero();
        assertThat(frame(second).sequence()).isEqualTo(1);
        assertThat(frame(second).captureTimeNanos()).isEqualTo(2000);
    }

    @Test
    void aSizeIsWidthAndHeight() {
        assertThat(new PictureSize.Converter().convert("640x480"))
                .isEqualTo(new PictureSize(640, 480))
                .hasToString("640x480");
        assertThatThrownBy(() -> new PictureSize.Converter().convert("640*480"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'640*480' is not a size; write WIDTHxHEIGHT, such as 640x480");
    }

    private static CameraFrame frame(ProducerRecord<byte[], byte[]> record) {
        Provenance provenance = new Provenance("frames", record.partition(), 0, 0);
        return FrameDecoder.decode(record.key(), record.value(), provenance).frame();
    }
}
