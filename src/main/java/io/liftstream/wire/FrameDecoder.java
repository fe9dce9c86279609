package io.liftstream.wire;

import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads records of the frames topic and checks who sent them and when; never throws. */
public final class FrameDecoder {

    /** Name of this stage in rejections. */
    public static final String STAGE = "parse";

    /** Millions of fields that nobody reads would take a hundred times their bytes. */
    private static final Parser<io.liftstream.proto.v1.CameraFrame> PARSER =
            DiscardUnknownFieldsParser.wrap(io.liftstream.proto.v1.CameraFrame.parser());

    private FrameDecoder() {}

    /**
     * {@return the frame of a record, or why it has none: MALFORMED, INVALID_COMMAND or
     * KEY_MISMATCH}
     *
     * @param key the record's key, null where it has none
     * @param value the record's value, null for a tombstone; kept as the frame's payload
     * @param provenance where the record was read
     */
    public static ReceivedFrame decode(byte[] key, byte[] value, Provenance provenance) {
        byte[] payload = value == null ? new byte[0] : value;
        FrameRecord record = new FrameRecord(textOf(key), payload, provenance);
        try {
            return record.received(parse(payload));
        } catch (InvalidProtocolBufferException e) {
            return record.rejected(
                    RejectionReason.MALFORMED,
                    payload.length == 0
                            ? "value is empty: send a CameraFrame"
                            : "value is not a CameraFrame (" + e.getMessage() + ")",
                    io.liftstream.proto.v1.CameraFrame.getDefaultInstance());
        }
    }

    /**
     * {@return whether bytes are a {@code CameraFrame} and nothing else: with a command, and
     * without a field that is none of its own}
     *
     * @param value any bytes
     */
    public static boolean isCameraFrame(byte[] value) {
        try {
            io.liftstream.proto.v1.CameraFrame message = parse(value);
            return message.hasCommand() && message.getUnknownFields().asMap().isEmpty();
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /** Parses a payload; its byte fields share the payload's memory. */
    static io.liftstream.proto.v1.CameraFrame parse(byte[] payload)
            throws InvalidProtocolBufferException {
        io.liftstream.proto.v1.CameraFrame message = SharedBytes.parse(PARSER, payload);
        if (payload.length == 0) {
            throw new InvalidProtocolBufferException("the value is empty");
        }
        return message;
    }

    /** A key that is no UTF-8 gets a replacement character, and so can be no camera's. */
    private static Optional<String> textOf(byte[] key) {
        return key == null || key.length == 0
                ? Optional.empty()
                : Optional.of(new String(key, StandardCharsets.UTF_8));
    }

    /** One record while it is checked. */
    private record FrameRecord(Optional<String> key, byte[] value, Provenance provenance) {

        ReceivedFrame received(io.liftstream.proto.v1.CameraFrame message) {
            if (!message.hasCameraId() && key.isEmpty()) {
                return rejected(
                        RejectionReason.INVALID_COMMAND,
                        "camera_id is missing and the record has no key: set one of them",
                        message);
            }
            String cameraId = message.hasCameraId() ? message.getCameraId() : key.get();
            if (!CameraId.isValid(cameraId)) {
                return rejected(
                        RejectionReason.INVALID_COMMAND,
                        "camera_id is "
                                + CameraId.quoted(cameraId)
                                + ": it must be "
                                + CameraId.RULE,
                        message);
            }
            if (key.isPresent() && !key.get().equals(cameraId)) {
                return rejected(
                        RejectionReason.KEY_MISMATCH,
                        "camera_id is "
                                + cameraId
                                + " but the record's key is "
                                + CameraId.quoted(key.get())
                                + ": they must be equal, or one of them absent",
                        message);
            }
            return timed(message, cameraId);
        }

        private ReceivedFrame timed(io.liftstream.proto.v1.CameraFrame message, String cameraId) {
            if (!message.hasCaptureTime()) {
                return rejected(
                        RejectionReason.MALFORMED,
                        "capture_time is missing: set the time of exposure",
                        message);
            }
            Timestamp time = message.getCaptureTime();
            if (!TimestampCodec.isWithinLimits(time)) {
                return rejected(
                        RejectionReason.MALFORMED,
                        "capture_time has "
                                + time.getSeconds()
                                + " seconds and "
                                + time.getNanos()
                                + " nanos: it must be a time from 1970 to 2200, with 0 to 999999999"
                                + " nanos"
                                + TimestampCodec.likelyMistake(time),
                        message);
            }
            if (message.getSequence() < 0) {
                return rejected(
                        RejectionReason.INVALID_COMMAND,
                        "sequence is "
                                + Long.toUnsignedString(message.getSequence())
                                + ": it must be below 2^63",
                        message);
            }
            if (message.hasStreamId() && !CameraId.isValid(message.getStreamId())) {
                return rejected(
                        RejectionReason.INVALID_COMMAND,
                        "stream_id is "
                                + CameraId.quoted(message.getStreamId())
                                + ": it must be "
                                + CameraId.RULE
                                + ", or absent",
                        message);
            }
            if (!message.hasCommand()) {
                return rejected(
                        RejectionReason.INVALID_COMMAND,
                        "command is missing: set at least its image_input",
                        message);
            }
            return ReceivedFrame.of(
                    new CameraFrame(
                            cameraId,
                            TimestampCodec.toNanos(time),
                            message.hasSequence() ? message.getSequence() : provenance.offset(),
                            message.hasSequence(),
                            message.hasStreamId() ? message.getStreamId() : null,
                            value,
                            provenance));
        }

        /** What the message says rightly about itself travels along; nothing else does. */
        ReceivedFrame rejected(
                RejectionReason reason, String detail, io.liftstream.proto.v1.CameraFrame message) {
            Optional<String> named =
                    message.hasCameraId() ? Optional.of(message.getCameraId()) : Optional.empty();
            boolean timed =
                    message.hasCaptureTime()
                            && TimestampCodec.isWithinLimits(message.getCaptureTime());
            boolean counted = message.hasSequence() && message.getSequence() >= 0;
            return ReceivedFrame.of(
                    new FrameRejection(
                            reason,
                            STAGE,
                            detail,
                            provenance,
                            named.filter(CameraId::isValid)
                                    .or(() -> key.filter(CameraId::isValid))
                                    .orElse(null),
                            timed ? TimestampCodec.toNanos(message.getCaptureTime()) : null,
                            counted ? message.getSequence() : null,
                            value,
                            value.length));
        }
    }
}
