package io.liftstream.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Headers of output records: CloudEvents 1.0, binary mode of its Kafka binding. */
public final class EventHeaders {

    /**
     * Names the event: the same for every delivery of one result, or of rejections of the same
     * frames, so consumers drop repeats by it.
     */
    public static final String ID = "ce_id";

    /** Name of the protobuf message in the value. */
    public static final String TYPE = "ce_type";

    /** {@link #TYPE} of records on the depth topic. */
    public static final String RESULT = "liftstream.v1.DepthEstimationResult";

    /** {@link #TYPE} of records on the rejected topic. */
    public static final String REJECTION = "liftstream.v1.RejectedFrame";

    /** Version of the message's schema; fields are only ever added within one. */
    public static final String SCHEMA_VERSION = "ce_schemaversion";

    /** Capture time, RFC 3339 with nanoseconds. */
    public static final String TIME = "ce_time";

    /** The camera id. */
    public static final String SUBJECT = "ce_subject";

    /** For how many frames a rejection stands, where they are more than one; decimal. */
    public static final String FRAMES = "ce_frames";

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private EventHeaders() {}

    static Headers of(String type, String id, String cameraId, Long captureTimeNanos) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_source", "/liftstream");
        add(headers, TYPE, type);
        add(headers, SCHEMA_VERSION, "1");
        add(headers, ID, id);
        add(headers, "content-type", "application/protobuf");
        if (cameraId != null) {
            add(headers, SUBJECT, cameraId);
        }
        if (captureTimeNanos != null) {
            add(
                    headers,
                    TIME,
                    Instant.ofEpochSecond(0, captureTimeNanos % NANOS_PER_SECOND)
                            .plusSeconds(captureTimeNanos / NANOS_PER_SECOND)
                            .toString());
        }
        return headers;
    }

    static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
