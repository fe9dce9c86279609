package io.liftstream.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.MetricBasis;
import io.liftstream.lifting.scale.FrameScale;

/** What the outputs of a frame mean, to the wire and back. */
final class FrameScaleCodec {

    private FrameScaleCodec() {}

    static io.liftstream.proto.v1.FrameScale toMessage(FrameScale scale) {
        io.liftstream.proto.v1.FrameScale.Builder message =
                io.liftstream.proto.v1.FrameScale.newBuilder()
                        .setRangeLo(scale.lo())
                        .setRangeHi(scale.hi())
                        .setScale(scale.scale())
                        .setShift(scale.shift());
        if (scale.reset() != null) {
            message.setResetReason(WireNames.toMessage(scale.reset()));
        }
        if (scale.residual() != null) {
            message.setKnownPointsResidual(scale.residual());
        }
        return message.build();
    }

    static FrameScale fromMessage(io.liftstream.proto.v1.FrameScale message, MetricBasis basis)
            throws InvalidProtocolBufferException {
        return new FrameScale(
                message.getRangeLo(),
                message.getRangeHi(),
                message.getScale(),
                message.getShift(),
                message.hasResetReason() ? WireNames.fromMessage(message.getResetReason()) : null,
                basis,
                message.hasKnownPointsResidual() ? message.getKnownPointsResidual() : null);
    }
}
