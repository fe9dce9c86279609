package io.liftstream.cli.export;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.foxglove.FrameMessages;
import io.liftstream.frame.LiftingException;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.ResultDecoder;

/**
 * A result and what viewers see of it.
 *
 * @param result as it was on its topic
 * @param messages made of it
 */
record ViewedResult(ReadResult result, FrameMessages messages) {

    /**
     * Decodes a record's value.
     *
     * @throws InvalidProtocolBufferException where it is no result, or one that cannot be shown
     */
    static ViewedResult decode(byte[] value) throws InvalidProtocolBufferException {
        ReadResult result = ResultDecoder.decode(value);
        try {
            return new ViewedResult(
                    result,
                    new FrameMessages(
                            result.cameraId(),
                            result.captureTimeNanos(),
                            result.result(),
                            result.setup(),
                            result.draco()));
        } catch (LiftingException e) {
            throw new InvalidProtocolBufferException(e.getMessage());
        }
    }

    /** What is equal for repeats of a result, and for no others. */
    Identity identity() {
        return new Identity(
                result.cameraId(),
                result.epoch(),
                result.captureTimeNanos(),
                result.sequence(),
                result.result().backendIdentity());
    }

    /** As the header ce_id names it. */
    record Identity(
            String cameraId, int epoch, long captureTimeNanos, long sequence, String backend) {}
}
