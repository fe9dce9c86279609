package io.liftstream.kafka;

import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.flink.util.IOUtils;
import org.apache.kafka.clients.admin.Admin;

/**
 * The connector's exactly-once writer, which also closes the {@code AdminClient} that this opens.
 * The client is in a private field and nobody else closes it, so it is taken from there; a
 * connector without that field is refused when the first task starts.
 *
 * @param <T> what it writes
 */
final class TransactionalWriter<T>
        implements CommittingSinkWriter<T, KafkaCommittable>,
                StatefulSinkWriter<T, KafkaWriterState> {
    private final PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer;
    private final Field adminClient;

    TransactionalWriter(
            PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer) {
        this.writer = writer;
        try {
            adminClient = writer.getClass().getDeclaredField("adminClient");
            adminClient.setAccessible(true);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(
                    "this version of flink-connector-kafka keeps its AdminClient elsewhere: see"
                            + " whether it closes it by now",
                    e);
        }
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        writer.write(element, context);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
    }

    @Override
    public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
        return writer.prepareCommit();
    }

    @Override
    public List<KafkaWriterState> snapshotState(long checkpointId) throws IOException {
        return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() throws Exception {
        IOUtils.closeAll(writer, this::closeAdmin);
    }

    /** Nothing is asked any more, and a broker that is gone must not delay a restart. */
    private void closeAdmin() throws IllegalAccessException {
        Admin admin = (Admin) adminClient.get(writer);
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
