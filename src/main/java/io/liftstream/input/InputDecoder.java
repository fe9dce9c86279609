package io.liftstream.input;

import io.liftstream.foxglove.ImageMessage;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageFormat;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.FramePicture;
import io.liftstream.wire.LiftingRequest;
import io.liftstream.wire.RequestDecoder;
import java.util.Optional;

/** Reads the records of the frames topic as they are configured to be. Stateless. */
public final class InputDecoder {
    private final InputSettings settings;

    /**
     * A decoder of one form.
     *
     * @param settings how records are read
     */
    public InputDecoder(InputSettings settings) {
        this.settings = settings;
    }

    /**
     * {@return the frame of a record, or why it has none: MALFORMED, INVALID_COMMAND, KEY_MISMATCH
     * or UNREADABLE_IMAGE} Never throws, so that no record stops the job. The frame keeps the
     * record's value as its payload.
     *
     * @param record of the frames topic
     */
    public ReceivedFrame decode(FrameRecord record) {
        try {
            return settings.format() == InputFormat.LIFTSTREAM
                    ? cameraFrame(record)
                    : ReceivedFrame.of(frame(record, contents(record.payload())));
        } catch (LiftingException e) {
            return ReceivedFrame.of(rejection(record, e.reason(), e.getMessage()));
        }
    }

    /**
     * Reads what is to be lifted, and how.
     *
     * @param payload of a frame that {@link #decode} gave
     * @param requests reads the commands of {@code CameraFrame} messages
     * @param defaults the configuration of its camera
     * @return the command, and where its intrinsics come from
     * @throws LiftingException where that cannot be lifted
     */
    public LiftingRequest request(
            byte[] payload, RequestDecoder requests, LiftingDefaults defaults) {
        return settings.format() == InputFormat.LIFTSTREAM
                ? requests.decode(body(payload), defaults)
                : requests.ofImage(contents(payload).image(), defaults);
    }

    /**
     * {@return the size of a frame's picture by its header; empty where the frame names its picture
     * by a path}
     *
     * @param payload of a frame that {@link #decode} gave
     * @param decoder of the picture
     * @throws LiftingException where the picture cannot be lifted
     */
    Optional<ImageSize> pictureSize(byte[] payload, ImageDecoder decoder) {
        return settings.format() == InputFormat.LIFTSTREAM
                ? FramePicture.size(body(payload), decoder)
                : Optional.of(contents(payload).size(decoder));
    }

    private byte[] body(byte[] payload) {
        return settings.framing() == InputFraming.CONFLUENT
                ? ConfluentFraming.removed(payload, settings.format().isProtobuf())
                : payload;
    }

    private ReceivedFrame cameraFrame(FrameRecord record) {
        byte[] value = record.payload();
        byte[] body = unframed(value);
        ReceivedFrame received = FrameDecoder.decode(record.key(), body, record.provenance());
        if (received.frame() != null) {
            return ReceivedFrame.of(received.frame().withPayload(value));
        }
        FrameRejection rejection = received.rejection().ofRecord(value);
        return ReceivedFrame.of(
                FrameDecoder.isCameraFrame(body)
                        ? rejection
                        : foreign(value)
                                .map(e -> rejection.because(e.reason(), e.getMessage()))
                                .orElse(rejection));
    }

    /** What a value is that has no framing is said before that it has none. */
    private byte[] unframed(byte[] value) {
        try {
            return body(value);
        } catch (LiftingException e) {
            throw ConfluentFraming.isThere(value) ? e : foreign(value).orElse(e);
        }
    }

    private Optional<LiftingException> foreign(byte[] value) {
        return RecordShape.of(value)
                .map(shape -> malformed("it " + shape.looks() + "; " + shape.remedy()));
    }

    private LiftingException malformed(String remedy) {
        return new LiftingException(
                RejectionReason.MALFORMED, "value", "not " + settings.format().noun(), remedy);
    }

    private RecordContents contents(byte[] payload) {
        byte[] body = unframed(payload);
        RecordContents contents =
                switch (settings.format()) {
                    case IMAGE -> ImageFormat.of(body).isPresent() ? new ImageContents(body) : null;
                    case JSON -> JsonContents.read(body, settings.image());
                    case FOXGLOVE ->
                            ImageMessage.read(body).map(FoxgloveContents::new).orElse(null);
                    case LIFTSTREAM -> throw new IllegalStateException("it has a command");
                };
        if (contents == null) {
            throw foreign(body)
                    .orElseGet(
                            () ->
                                    malformed(
                                            "its "
                                                    + payload.length
                                                    + " bytes look like nothing that is known; check"
                                                    + " what writes to the topic"));
        }
        return contents;
    }

    private CameraFrame frame(FrameRecord record, RecordContents contents) {
        String camera = camera(record, contents);
        CaptureTimeSource source = timeSource(record);
        long time = time(record, contents);
        if (settings.format() == InputFormat.JSON) {
            // Its image is a field that may be absent; others cannot be without.
            contents.image();
        }
        return new CameraFrame(
                camera,
                time,
                record.provenance().offset(),
                false,
                null,
                record.payload(),
                record.provenance(),
                source);
    }

    private String camera(FrameRecord record, RecordContents contents) {
        ValueSource place = settings.camera();
        String camera =
                switch (place.kind()) {
                    case KEY, RECORD -> record.keyText();
                    case HEADER -> record.header(place.name());
                    case FIELD -> contents.field(place.name());
                    case ID -> place.name();
                };
        if (camera == null || !CameraId.isValid(camera)) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "camera (" + place + ")",
                    camera == null ? "missing" : CameraId.quoted(camera),
                    "it must be " + CameraId.RULE + "; input.camera says where it is found");
        }
        return camera;
    }

    private long time(FrameRecord record, RecordContents contents) {
        ValueSource place = settings.time();
        if (place.kind() == ValueSource.Kind.RECORD) {
            long millis = record.provenance().brokerTimeMillis();
            if (millis <= 0) {
                throw missingTime(place);
            }
            return CaptureTimes.nanosOfMillis(millis, place.toString());
        }
        if (contents instanceof FoxgloveContents foxglove
                && place.kind() == ValueSource.Kind.FIELD) {
            return foxglove.message()
                    .timeNanos()
                    .orElseThrow(
                            () ->
                                    new LiftingException(
                                            RejectionReason.MALFORMED,
                                            "capture time (" + place + ")",
                                            "missing, or not between 1970 and 2200",
                                            "set it, its seconds in seconds, or say with input.time"
                                                    + " where it is found"));
        }
        String text =
                place.kind() == ValueSource.Kind.HEADER
                        ? record.header(place.name())
                        : contents.field(place.name());
        if (text == null) {
            throw missingTime(place);
        }
        return CaptureTimes.nanos(text, place.toString());
    }

    private static LiftingException missingTime(ValueSource place) {
        return new LiftingException(
                RejectionReason.MALFORMED,
                "capture time (" + place + ")",
                "missing",
                "set it, or say with input.time where it is found");
    }

    private CaptureTimeSource timeSource(FrameRecord record) {
        return switch (settings.time().kind()) {
            case HEADER -> CaptureTimeSource.HEADER;
            case RECORD ->
                    record.provenance().stampedByBroker()
                            ? CaptureTimeSource.BROKER
                            : CaptureTimeSource.PRODUCER;
            default -> CaptureTimeSource.FIELD;
        };
    }

    private static FrameRejection rejection(
            FrameRecord record, RejectionReason reason, String detail) {
        String key = record.keyText();
        byte[] value = record.payload();
        return new FrameRejection(
                reason,
                FrameDecoder.STAGE,
                detail,
                record.provenance(),
                key != null && CameraId.isValid(key) ? key : null,
                null,
                null,
                value,
                value.length);
    }

    /** An image file is all of its value. */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared as a record.
    private record ImageContents(byte[] image) implements RecordContents {
        @Override
        public String field(String name) {
            throw new IllegalStateException("an image has no fields");
        }
    }
}
