package io.liftstream.cli.console;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.ForeignText;
import io.liftstream.kafka.EventHeaders;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Decodes the records of an output topic; one that is not of the topic's type is told to the user
 * and passed over.
 *
 * @param <T> what a record's value says
 */
public final class RecordDecoder<T> {
    private static final int COMPLAINTS_SHOWN = 10;

    private final String type;
    private final ValueDecoder<T> values;
    private final PrintWriter complaints;
    private long foreign;

    /**
     * A decoder of one type.
     *
     * @param type of {@link EventHeaders#TYPE}: protobuf reads almost any message as any other
     */
    public RecordDecoder(String type, ValueDecoder<T> values, PrintWriter complaints) {
        this.type = type;
        this.values = values;
        this.complaints = complaints;
    }

    /** What the record says, or null where it is of another type. */
    public T decode(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(EventHeaders.TYPE);
        String found =
                header == null ? "missing" : new String(header.value(), StandardCharsets.UTF_8);
        if (!found.equals(type)) {
            complain(record, "its header " + EventHeaders.TYPE + " is " + found);
            return null;
        }
        if (record.value() == null) {
            complain(record, "it has no value");
            return null;
        }
        try {
            return values.decode(record.value());
        } catch (InvalidProtocolBufferException e) {
            complain(record, e.getMessage());
            return null;
        }
    }

    private void complain(ConsumerRecord<byte[], byte[]> record, String why) {
        foreign++;
        if (foreign <= COMPLAINTS_SHOWN) {
            complaints.printf(
                    Locale.ROOT,
                    "%s/%d/%d is no %s: %s%n",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    type,
                    ForeignText.printable(why));
        }
    }

    /** The exit code of a command that has read them all: failed where one could not be read. */
    public int exitCode() {
        if (foreign > 0) {
            complaints.println(foreign + " records skipped");
        }
        return foreign == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Reads a record's value. */
    @FunctionalInterface
    public interface ValueDecoder<T> {
        /**
         * Reads a value.
         *
         * @param value a record's bytes
         * @return what they say
         * @throws InvalidProtocolBufferException where they are not of the type
         */
        T decode(byte[] value) throws InvalidProtocolBufferException;
    }
}
