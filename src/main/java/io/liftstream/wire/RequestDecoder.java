package io.liftstream.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.FixedRange;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.model.catalogue.AllowedModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the command of a frame, fills in the configured defaults, and holds it to the allow-list.
 */
public final class RequestDecoder {

    private final AllowedModels allowed;
    private final boolean returnDistances;

    /**
     * @param allowed the models and folders that a message may name
     * @param format of the results, which decides whether distances are wanted
     */
    public RequestDecoder(AllowedModels allowed, ResultFormat format) {
        this.allowed = allowed;
        this.returnDistances = format.distances() != DistanceFormat.NONE;
    }

    /**
     * Reads a frame's command.
     *
     * @param payload an encoded {@code CameraFrame} message
     * @param defaults the configuration of its camera
     * @return the command, and where its intrinsics come from
     * @throws LiftingException INVALID_COMMAND, MODEL_NOT_ALLOWED or PATH_NOT_ALLOWED
     */
    public LiftingRequest decode(byte[] payload, LiftingDefaults defaults) {
        return decode(commandOf(payload), defaults);
    }

    /**
     * The command of an image that nothing else came with.
     *
     * @param image an encoded image, which nobody writes to any more
     * @param defaults the configuration of its camera
     * @return the command, and where its intrinsics come from
     * @throws LiftingException INVALID_COMMAND
     */
    public LiftingRequest ofImage(byte[] image, LiftingDefaults defaults) {
        return decode(
                io.liftstream.proto.v1.DepthEstimationCommand.newBuilder()
                        .setImageBytes(UnsafeByteOperations.unsafeWrap(image))
                        .build(),
                defaults);
    }

    private LiftingRequest decode(
            io.liftstream.proto.v1.DepthEstimationCommand message, LiftingDefaults defaults) {
        DepthEstimationAdvanceConfig own = configOf(message.getAdvancedConfig());
        DepthEstimationAdvanceConfig configured =
                message.hasSuppliedDepth()
                        ? defaults.config().withDepthMapping(null)
                        : defaults.config();
        DepthEstimationAdvanceConfig merged = configured.overriddenBy(own);
        DepthEstimationCommand.Builder command =
                image(message)
                        .returnDepthImage(
                                message.hasReturnDepthImage()
                                        ? message.getReturnDepthImage()
                                        : Boolean.TRUE.equals(defaults.returnDepthImage()))
                        .returnPointCloud(
                                message.hasReturnPointCloud()
                                        ? message.getReturnPointCloud()
                                        : Boolean.TRUE.equals(defaults.returnPointCloud()))
                        .returnMesh(
                                message.hasReturnMesh()
                                        ? message.getReturnMesh()
                                        : Boolean.TRUE.equals(defaults.returnMesh()))
                        .returnDistances(returnDistances)
                        .advancedConfig(merged);
        if (message.hasModelBackend()) {
            command.modelBackend(allowed.resolveModel(message.getModelBackend()));
        }
        if (message.hasSuppliedDepth()) {
            command.suppliedDepth(suppliedDepth(message.getSuppliedDepth()));
        }
        return new LiftingRequest(
                command.build(),
                sourceOf(own, merged),
                message.hasModelBackend() ? message.getModelBackend() : null);
    }

    static io.liftstream.proto.v1.DepthEstimationCommand commandOf(byte[] payload) {
        try {
            return FrameDecoder.parse(payload).getCommand();
        } catch (IOException e) {
            throw new LiftingException(
                    RejectionReason.MALFORMED, "value", "not a CameraFrame", e.getMessage(), e);
        }
    }

    private DepthEstimationCommand.Builder image(
            io.liftstream.proto.v1.DepthEstimationCommand message) {
        return switch (message.getImageInputCase()) {
            case IMAGE_BYTES ->
                    DepthEstimationCommand.ofImage(message.getImageBytes().toByteArray());
            case IMAGE_PATH ->
                    DepthEstimationCommand.ofImage(allowed.readImage(message.getImagePath()));
            case IMAGEINPUT_NOT_SET ->
                    throw invalid("image_input", "missing", "set image_bytes or image_path");
        };
    }

    private static DepthEstimationAdvanceConfig configOf(
            io.liftstream.proto.v1.DepthEstimationAdvanceConfig message) {
        return DepthEstimationAdvanceConfig.builder()
                .fx(message.hasFx() ? message.getFx() : null)
                .fy(message.hasFy() ? message.getFy() : null)
                .cx(message.hasCx() ? message.getCx() : null)
                .cy(message.hasCy() ? message.getCy() : null)
                .depthScale(message.hasDepthScale() ? message.getDepthScale() : null)
                .depthTrunc(message.hasDepthTrunc() ? message.getDepthTrunc() : null)
                .near(message.hasNear() ? message.getNear() : null)
                .far(message.hasFar() ? message.getFar() : null)
                .depthMapping(mappingOf(message))
                .fixedRange(
                        message.hasFixedRange()
                                ? new FixedRange(
                                        message.getFixedRange().getLo(),
                                        message.getFixedRange().getHi())
                                : null)
                .axes(axesOf(message))
                .edgeFilter(message.hasEdgeFilter() ? message.getEdgeFilter() : null)
                .meshStep(message.hasMeshStep() ? message.getMeshStep() : null)
                .meshMaxAngle(message.hasMeshMaxAngle() ? message.getMeshMaxAngle() : null)
                .build();
    }

    private static DepthMapping mappingOf(
            io.liftstream.proto.v1.DepthEstimationAdvanceConfig message) {
        return switch (message.getDepthMapping()) {
            case DEPTH_MAPPING_UNSPECIFIED -> null;
            case DEPTH_MAPPING_METRIC -> DepthMapping.METRIC;
            case DEPTH_MAPPING_INVERSE -> DepthMapping.INVERSE;
            case DEPTH_MAPPING_LINEAR -> DepthMapping.LINEAR;
            case UNRECOGNIZED ->
                    throw invalid(
                            "advanced_config.depth_mapping",
                            message.getDepthMappingValue(),
                            "use 1 (metric), 2 (inverse) or 3 (linear)");
        };
    }

    private static Axes axesOf(io.liftstream.proto.v1.DepthEstimationAdvanceConfig message) {
        return switch (message.getAxes()) {
            case AXES_UNSPECIFIED -> null;
            case AXES_OPTICAL -> Axes.OPTICAL;
            case AXES_OPENGL -> Axes.OPENGL;
            case UNRECOGNIZED ->
                    throw invalid(
                            "advanced_config.axes",
                            message.getAxesValue(),
                            "use 1 (optical) or 2 (opengl)");
        };
    }

    private static SuppliedDepth suppliedDepth(io.liftstream.proto.v1.SuppliedDepth message) {
        long pixels = (long) message.getWidth() * message.getHeight();
        if (message.getWidth() <= 0 || message.getHeight() <= 0) {
            throw invalid(
                    "supplied_depth",
                    Integer.toUnsignedString(message.getWidth())
                            + " x "
                            + Integer.toUnsignedString(message.getHeight()),
                    "give the size of the image");
        }
        ByteBuffer data = message.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return switch (message.getEncoding()) {
            case SUPPLIED_DEPTH_ENCODING_FLOAT32 -> {
                float[] values = new float[checkedLength(message.getData(), pixels, Float.BYTES)];
                data.asFloatBuffer().get(values);
                yield new SuppliedDepth.Floats(message.getWidth(), message.getHeight(), values);
            }
            case SUPPLIED_DEPTH_ENCODING_UINT16 -> {
                short[] values = new short[checkedLength(message.getData(), pixels, Short.BYTES)];
                data.asShortBuffer().get(values);
                yield new SuppliedDepth.Raw(message.getWidth(), message.getHeight(), values);
            }
            case SUPPLIED_DEPTH_ENCODING_UNSPECIFIED, UNRECOGNIZED ->
                    throw invalid(
                            "supplied_depth.encoding",
                            message.getEncodingValue(),
                            "use 1 (float32) or 2 (uint16)");
        };
    }

    private static int checkedLength(ByteString data, long pixels, int bytesPerPixel) {
        if (data.size() % bytesPerPixel != 0 || data.size() / bytesPerPixel != pixels) {
            throw invalid(
                    "supplied_depth.data",
                    data.size() + " bytes",
                    "give " + bytesPerPixel + " bytes for each of the " + pixels + " pixels");
        }
        return (int) pixels;
    }

    private static IntrinsicsSource sourceOf(
            DepthEstimationAdvanceConfig own, DepthEstimationAdvanceConfig merged) {
        if (!hasIntrinsics(merged)) {
            return IntrinsicsSource.SCALED_DEFAULT;
        }
        return hasIntrinsics(own) ? IntrinsicsSource.MESSAGE : IntrinsicsSource.CAMERA_CONFIG;
    }

    private static boolean hasIntrinsics(DepthEstimationAdvanceConfig config) {
        return config.fx() != null
                && config.fy() != null
                && config.cx() != null
                && config.cy() != null;
    }

    private static LiftingException invalid(String field, Object value, String remedy) {
        return new LiftingException(RejectionReason.INVALID_COMMAND, field, value, remedy);
    }
}
