package io.liftstream.wire;

import io.liftstream.lifting.DepthToMetres;

/** How a depth map became metres, to the wire and back. */
final class DepthToMetresCodec {

    private DepthToMetresCodec() {}

    static io.liftstream.proto.v1.DepthToMetres toMessage(DepthToMetres numbers) {
        return io.liftstream.proto.v1.DepthToMetres.newBuilder()
                .setUnitFactor(numbers.unitFactor())
                .setRangeLo(numbers.rangeLo())
                .setRangeHi(numbers.rangeHi())
                .setNear(numbers.near())
                .setFar(numbers.far())
                .setDepthTrunc(numbers.depthTrunc())
                .setDepthScale(numbers.depthScale())
                .build();
    }

    static DepthToMetres fromMessage(io.liftstream.proto.v1.DepthToMetres message) {
        return new DepthToMetres(
                message.getUnitFactor(),
                message.getRangeLo(),
                message.getRangeHi(),
                message.getNear(),
                message.getFar(),
                message.getDepthTrunc(),
                message.getDepthScale());
    }
}
