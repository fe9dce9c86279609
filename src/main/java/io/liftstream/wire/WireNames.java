package io.liftstream.wire;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.IntrinsicsSource;

/** Our constants to their names on the wire, and back; a test holds that each has one. */
final class WireNames {

    private WireNames() {}

    static io.liftstream.proto.v1.Intrinsics toMessage(Intrinsics intrinsics) {
        return io.liftstream.proto.v1.Intrinsics.newBuilder()
                .setFx(intrinsics.fx())
                .setFy(intrinsics.fy())
                .setCx(intrinsics.cx())
                .setCy(intrinsics.cy())
                .build();
    }

    static Intrinsics fromMessage(io.liftstream.proto.v1.Intrinsics message) {
        return new Intrinsics(message.getFx(), message.getFy(), message.getCx(), message.getCy());
    }

    static io.liftstream.proto.v1.IntrinsicsSource toMessage(IntrinsicsSource source) {
        return io.liftstream.proto.v1.IntrinsicsSource.valueOf("INTRINSICS_SOURCE_" + source);
    }

    static IntrinsicsSource fromMessage(io.liftstream.proto.v1.IntrinsicsSource source) {
        return IntrinsicsSource.valueOf(bare(source, "INTRINSICS_SOURCE_"));
    }

    static io.liftstream.proto.v1.DepthMapping toMessage(DepthMapping mapping) {
        return io.liftstream.proto.v1.DepthMapping.valueOf("DEPTH_MAPPING_" + mapping);
    }

    static DepthMapping fromMessage(io.liftstream.proto.v1.DepthMapping mapping) {
        return DepthMapping.valueOf(bare(mapping, "DEPTH_MAPPING_"));
    }

    static io.liftstream.proto.v1.Axes toMessage(Axes axes) {
        return io.liftstream.proto.v1.Axes.valueOf("AXES_" + axes);
    }

    static Axes fromMessage(io.liftstream.proto.v1.Axes axes) {
        return Axes.valueOf(bare(axes, "AXES_"));
    }

    static io.liftstream.proto.v1.Degradation toMessage(Degradation degradation) {
        return io.liftstream.proto.v1.Degradation.valueOf("DEGRADATION_" + degradation);
    }

    static Degradation fromMessage(io.liftstream.proto.v1.Degradation degradation) {
        return Degradation.valueOf(bare(degradation, "DEGRADATION_"));
    }

    private static String bare(Enum<?> constant, String prefix) {
        return constant.name().substring(prefix.length());
    }
}
