package io.liftstream.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.Provenance;
import io.liftstream.wire.RejectionCodec;
import io.liftstream.wire.ResultDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Which frames a record of an output topic stands for: by its headers, where they say it. */
public final class OutcomeFrames {
    /** Of a rejection, and of a result with its model; ids of older results are longer. */
    private static final Pattern ID = Pattern.compile("([^/]+)/(\\d{1,9})/(\\d{1,18})(/[^/]+)?");

    private OutcomeFrames() {}

    /** A record of several frames names them in its value, as older ones do theirs. */
    static boolean needValue(Headers headers) {
        return headers.lastHeader(EventHeaders.FRAMES) != null || named(headers) == null;
    }

    /**
     * {@return the frames of a record; none where it is neither result nor rejection}
     *
     * @param record of an output topic, read by {@link TopicReader#ofHeaders}
     */
    public static List<Provenance> of(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        if (!needValue(headers)) {
            return List.of(named(headers));
        }
        if (record.value() == null) {
            return List.of();
        }
        try {
            return switch (text(headers, EventHeaders.TYPE)) {
                case EventHeaders.RESULT ->
                        List.of(ResultDecoder.decode(record.value()).provenance());
                case EventHeaders.REJECTION -> RejectionCodec.decode(record.value()).frames();
                default -> List.of();
            };
        } catch (InvalidProtocolBufferException e) {
            return List.of();
        }
    }

    private static Provenance named(Headers headers) {
        Matcher frame = ID.matcher(text(headers, EventHeaders.ID));
        return frame.matches()
                ? new Provenance(
                        frame.group(1),
                        Integer.parseInt(frame.group(2)),
                        Long.parseLong(frame.group(3)),
                        0)
                : null;
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
