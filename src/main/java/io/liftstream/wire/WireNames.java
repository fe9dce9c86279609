package io.liftstream.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.Axes;
import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.MetricBasis;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.scale.ScaleReset;
import java.util.Arrays;

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

    static IntrinsicsSource fromMessage(io.liftstream.proto.v1.IntrinsicsSource source)
            throws InvalidProtocolBufferException {
        return ours(IntrinsicsSource.class, source, "INTRINSICS_SOURCE_");
    }

    static io.liftstream.proto.v1.CaptureTimeSource toMessage(CaptureTimeSource source) {
        return source == CaptureTimeSource.MESSAGE
                ? io.liftstream.proto.v1.CaptureTimeSource.CAPTURE_TIME_SOURCE_UNSPECIFIED
                : io.liftstream.proto.v1.CaptureTimeSource.valueOf("CAPTURE_TIME_SOURCE_" + source);
    }

    static CaptureTimeSource fromMessage(io.liftstream.proto.v1.CaptureTimeSource source)
            throws InvalidProtocolBufferException {
        return source == io.liftstream.proto.v1.CaptureTimeSource.CAPTURE_TIME_SOURCE_UNSPECIFIED
                ? CaptureTimeSource.MESSAGE
                : ours(CaptureTimeSource.class, source, "CAPTURE_TIME_SOURCE_");
    }

    static io.liftstream.proto.v1.DepthMapping toMessage(DepthMapping mapping) {
        return io.liftstream.proto.v1.DepthMapping.valueOf("DEPTH_MAPPING_" + mapping);
    }

    static DepthMapping fromMessage(io.liftstream.proto.v1.DepthMapping mapping)
            throws InvalidProtocolBufferException {
        return ours(DepthMapping.class, mapping, "DEPTH_MAPPING_");
    }

    static io.liftstream.proto.v1.Axes toMessage(Axes axes) {
        return io.liftstream.proto.v1.Axes.valueOf("AXES_" + axes);
    }

    static Axes fromMessage(io.liftstream.proto.v1.Axes axes)
            throws InvalidProtocolBufferException {
        return ours(Axes.class, axes, "AXES_");
    }

    static io.liftstream.proto.v1.MetricBasis toMessage(MetricBasis basis) {
        return io.liftstream.proto.v1.MetricBasis.valueOf("METRIC_BASIS_" + basis);
    }

    static MetricBasis fromMessage(io.liftstream.proto.v1.MetricBasis basis)
            throws InvalidProtocolBufferException {
        return ours(MetricBasis.class, basis, "METRIC_BASIS_");
    }

    static io.liftstream.proto.v1.ScaleReset toMessage(ScaleReset reset) {
        return io.liftstream.proto.v1.ScaleReset.valueOf("SCALE_RESET_" + reset);
    }

    static ScaleReset fromMessage(io.liftstream.proto.v1.ScaleReset reset)
            throws InvalidProtocolBufferException {
        return ours(ScaleReset.class, reset, "SCALE_RESET_");
    }

    static io.liftstream.proto.v1.Degradation toMessage(Degradation degradation) {
        return io.liftstream.proto.v1.Degradation.valueOf("DEGRADATION_" + degradation);
    }

    static Degradation fromMessage(io.liftstream.proto.v1.Degradation degradation)
            throws InvalidProtocolBufferException {
        return ours(Degradation.class, degradation, "DEGRADATION_");
    }

    static io.liftstream.proto.v1.DepthImageFormat toMessage(DepthImageFormat format) {
        return io.liftstream.proto.v1.DepthImageFormat.valueOf("DEPTH_IMAGE_FORMAT_" + format);
    }

    static io.liftstream.proto.v1.RejectionReason toMessage(RejectionReason reason) {
        return io.liftstream.proto.v1.RejectionReason.valueOf("REJECTION_REASON_" + reason);
    }

    static RejectionReason fromMessage(io.liftstream.proto.v1.RejectionReason reason)
            throws InvalidProtocolBufferException {
        return ours(RejectionReason.class, reason, "REJECTION_REASON_");
    }

    private static <E extends Enum<E>> E ours(Class<E> type, Enum<?> theirs, String prefix)
            throws InvalidProtocolBufferException {
        for (E constant : type.getEnumConstants()) {
            if (theirs.name().equals(prefix + constant)) {
                return constant;
            }
        }
        throw new InvalidProtocolBufferException(
                type.getSimpleName()
                        + " on the wire is "
                        + theirs
                        + ": this version knows "
                        + Arrays.toString(type.getEnumConstants()));
    }
}
