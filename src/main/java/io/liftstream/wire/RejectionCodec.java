package io.liftstream.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.liftstream.frame.ForeignText;
import io.liftstream.frame.FrameRejection;
import io.liftstream.proto.v1.RejectedFrame;

/** Rejections to and from {@code RejectedFrame} messages. */
public final class RejectionCodec {

    private static final int MAX_DETAIL_CHARACTERS = 800;

    private static final Parser<RejectedFrame> PARSER =
            DiscardUnknownFieldsParser.wrap(RejectedFrame.parser());

    private RejectionCodec() {}

    /**
     * Encodes a rejection.
     *
     * @param rejection any rejection
     * @return the encoded {@code RejectedFrame} message
     */
    public static byte[] encode(FrameRejection rejection) {
        RejectedFrame.Builder message =
                RejectedFrame.newBuilder()
                        .setReason(WireNames.toMessage(rejection.reason()))
                        .setStage(rejection.stage())
                        .setDetail(cut(rejection.detail()))
                        .setProvenance(ProvenanceCodec.toMessage(rejection.provenance()))
                        .setOriginalLength(rejection.originalLength());
        if (rejection.cameraId() != null) {
            message.setCameraId(rejection.cameraId());
        }
        if (rejection.captureTimeNanos() != null) {
            message.setCaptureTime(TimestampCodec.toMessage(rejection.captureTimeNanos()));
        }
        if (rejection.sequence() != null) {
            message.setSequence(rejection.sequence());
        }
        if (rejection.original() != null) {
            message.setOriginal(UnsafeByteOperations.unsafeWrap(rejection.original()));
        }
        long before = rejection.provenance().offset();
        for (long offset : rejection.furtherOffsets()) {
            message.addFurtherOffsetSteps(offset - before);
            before = offset;
        }
        return message.build().toByteArray();
    }

    /** A detail quotes what the producer sent, which may be as long as a record. */
    private static String cut(String detail) {
        return detail.length() <= MAX_DETAIL_CHARACTERS
                ? detail
                : detail.substring(0, MAX_DETAIL_CHARACTERS) + "...";
    }

    /**
     * Decodes a record of the rejected topic. Who may write there may write any text; it comes back
     * {@linkplain ForeignText#printable printable}.
     *
     * @param value the record's value
     * @return the rejection
     * @throws InvalidProtocolBufferException where the bytes are no such message, where it has a
     *     time out of range, or a reason that only a newer version knows
     */
    public static FrameRejection decode(byte[] value) throws InvalidProtocolBufferException {
        RejectedFrame message = SharedBytes.parse(PARSER, value);
        ByteString original = message.getOriginal();
        return new FrameRejection(
                WireNames.fromMessage(message.getReason()),
                ForeignText.printable(message.getStage()),
                ForeignText.printable(message.getDetail()),
                ProvenanceCodec.fromMessage(message.getProvenance()),
                message.hasCameraId() ? ForeignText.printable(message.getCameraId()) : null,
                message.hasCaptureTime()
                        ? TimestampCodec.captureNanos(message.getCaptureTime())
                        : null,
                message.hasSequence() ? message.getSequence() : null,
                message.hasOriginal() ? original.toByteArray() : null,
                message.getOriginalLength(),
                furtherOffsets(message));
    }

    private static long[] furtherOffsets(RejectedFrame message) {
        long[] offsets = new long[message.getFurtherOffsetStepsCount()];
        long offset = message.getProvenance().getOffset();
        for (int index = 0; index < offsets.length; index++) {
            offset += message.getFurtherOffsetSteps(index);
            offsets[index] = offset;
        }
        return offsets;
    }
}
