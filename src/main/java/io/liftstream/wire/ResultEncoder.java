package io.liftstream.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.liftstream.files.PngDepthImage;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.PointCloud;
import io.liftstream.proto.v1.DepthImage;
import io.liftstream.proto.v1.DepthMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes results as {@code DepthEstimationResult} messages, made smaller step by step where they
 * would be too large for the topic: cloud stride 2, stride 4, depth float16, no cloud.
 */
public final class ResultEncoder {

    /** Name of this stage in rejections. */
    public static final String STAGE = "encode";

    private final ResultFormat format;

    /**
     * An encoder for one format.
     *
     * @param format what results hold and how large they may become
     */
    public ResultEncoder(ResultFormat format) {
        this.format = format;
    }

    /**
     * Encodes a result.
     *
     * @param lifted a frame and its result
     * @return the result as it goes to the depth topic, degraded where it was too large
     * @throws LiftingException RESULT_TOO_LARGE where no step makes it small enough
     */
    public EncodedResult encode(LiftedFrame lifted) {
        io.liftstream.proto.v1.DepthEstimationResult.Builder message = fixedPart(lifted);
        setDepthMap(message, lifted.result(), format.depthMap());
        setCloud(message, lifted, lifted.result().pointCloud());
        if (tooLarge(message)) {
            degrade(message, lifted);
        }
        CameraFrame frame = lifted.frame().frame();
        return new EncodedResult(
                frame.cameraId(),
                idOf(lifted),
                frame.captureTimeNanos(),
                message.build().toByteArray());
    }

    /**
     * Refuses an image whose result cannot fit even with a float16 depth map and no cloud, before
     * anything is spent on it.
     *
     * @param width columns, pixels
     * @param height rows, pixels
     * @throws LiftingException RESULT_TOO_LARGE
     */
    public void requireMayFit(int width, int height) {
        long least = format.depthMap() == DepthMapFormat.NONE ? 0 : 2L * width * height;
        if (least > format.maxBytes()) {
            throw new LiftingException(
                    RejectionReason.RESULT_TOO_LARGE,
                    "image_input size",
                    width + " x " + height,
                    "its depth map alone has "
                            + least
                            + " bytes; send a smaller image, or raise result.max-bytes ("
                            + format.maxBytes()
                            + ")");
        }
    }

    private static String idOf(LiftedFrame lifted) {
        CameraFrame frame = lifted.frame().frame();
        return String.join(
                "/",
                frame.provenance().topic(),
                Integer.toString(frame.provenance().partition()),
                Long.toString(frame.provenance().offset()),
                lifted.result().backendIdentity());
    }

    private io.liftstream.proto.v1.DepthEstimationResult.Builder fixedPart(LiftedFrame lifted) {
        CameraFrame frame = lifted.frame().frame();
        DepthEstimationResult result = lifted.result();
        var message =
                io.liftstream.proto.v1.DepthEstimationResult.newBuilder()
                        .setCameraId(frame.cameraId())
                        .setEpoch(lifted.frame().epoch())
                        .setCaptureTime(TimestampCodec.toMessage(frame.captureTimeNanos()))
                        .setSequence(frame.sequence())
                        .setWidth(result.width())
                        .setHeight(result.height())
                        .setMinDepth(result.minDepth())
                        .setMaxDepth(result.maxDepth())
                        .setPointCloudScale((float) result.pointCloudScale())
                        .setBackendUsed(result.backendIdentity())
                        .setIntrinsics(WireNames.toMessage(result.intrinsics()))
                        .setIntrinsicsSource(WireNames.toMessage(lifted.intrinsicsSource()))
                        .setDepthMapping(WireNames.toMessage(result.depthMapping()))
                        .setAxes(WireNames.toMessage(result.axes()))
                        .setMetric(result.metric())
                        .setSaturatedPixels(result.saturatedPixels())
                        .setProvenance(ProvenanceCodec.toMessage(frame.provenance()));
        if (result.depthImage() != null) {
            message.setDepthImage(depthImage(result));
        }
        return message;
    }

    private void degrade(
            io.liftstream.proto.v1.DepthEstimationResult.Builder message, LiftedFrame lifted) {
        for (Degradation step : Degradation.values()) {
            if (apply(step, message, lifted)) {
                message.addDegradations(WireNames.toMessage(step));
            }
            if (!tooLarge(message)) {
                return;
            }
        }
        throw new LiftingException(
                RejectionReason.RESULT_TOO_LARGE,
                "encoded result",
                message.build().getSerializedSize() + " bytes without its cloud",
                "send a smaller image, or raise result.max-bytes (" + format.maxBytes() + ")");
    }

    private boolean apply(
            Degradation step,
            io.liftstream.proto.v1.DepthEstimationResult.Builder message,
            LiftedFrame lifted) {
        boolean hasCloud = message.hasPointCloud();
        switch (step) {
            case CLOUD_STRIDE_2, CLOUD_STRIDE_4 -> {
                int stride = step == Degradation.CLOUD_STRIDE_2 ? 2 : 4;
                if (hasCloud) {
                    setCloud(message, lifted, lifted.sparserCloud().apply(stride));
                }
                return hasCloud;
            }
            case DEPTH_FLOAT16 -> {
                DepthMapFormat before = format.depthMap();
                if (before == DepthMapFormat.FLOAT32) {
                    setDepthMap(message, lifted.result(), DepthMapFormat.FLOAT16);
                }
                return before == DepthMapFormat.FLOAT32
                        && message.getDepthMap().getEncoding()
                                == io.liftstream.proto.v1.DepthMapEncoding
                                        .DEPTH_MAP_ENCODING_FLOAT16;
            }
            case NO_CLOUD -> {
                message.clearPointCloud();
                return hasCloud;
            }
        }
        throw new AssertionError(step);
    }

    private boolean tooLarge(io.liftstream.proto.v1.DepthEstimationResult.Builder message) {
        return message.build().getSerializedSize() > format.maxBytes();
    }

    private static void setDepthMap(
            io.liftstream.proto.v1.DepthEstimationResult.Builder message,
            DepthEstimationResult result,
            DepthMapFormat wanted) {
        if (wanted == DepthMapFormat.NONE) {
            return;
        }
        boolean half =
                wanted == DepthMapFormat.FLOAT16
                        && Math.max(Math.abs(result.minDepth()), Math.abs(result.maxDepth()))
                                <= Float16.MAX_VALUE;
        message.setDepthMap(
                DepthMap.newBuilder()
                        .setWidth(result.width())
                        .setHeight(result.height())
                        .setEncoding(
                                half
                                        ? io.liftstream.proto.v1.DepthMapEncoding
                                                .DEPTH_MAP_ENCODING_FLOAT16
                                        : io.liftstream.proto.v1.DepthMapEncoding
                                                .DEPTH_MAP_ENCODING_FLOAT32)
                        .setData(half ? halves(result.depthMap()) : floats(result.depthMap())));
    }

    private static ByteString floats(float[] values) {
        ByteBuffer data =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(data.array());
    }

    private static ByteString halves(float[] values) {
        ByteBuffer data =
                ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putShort(Float16.of(value));
        }
        return UnsafeByteOperations.unsafeWrap(data.array());
    }

    private DepthImage depthImage(DepthEstimationResult result) {
        boolean png = format.depthImage() == DepthImageFormat.PNG;
        return DepthImage.newBuilder()
                .setWidth(result.width())
                .setHeight(result.height())
                .setEncoding("mono16")
                .setFormat(
                        png
                                ? io.liftstream.proto.v1.DepthImageFormat.DEPTH_IMAGE_FORMAT_PNG
                                : io.liftstream.proto.v1.DepthImageFormat.DEPTH_IMAGE_FORMAT_RAW)
                .setData(png ? png(result) : raw(result.depthImage()))
                .build();
    }

    private static ByteString png(DepthEstimationResult result) {
        return UnsafeByteOperations.unsafeWrap(
                PngDepthImage.encode(result.depthImage(), result.width(), result.height()));
    }

    private static ByteString raw(short[] values) {
        ByteBuffer data =
                ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asShortBuffer().put(values);
        return UnsafeByteOperations.unsafeWrap(data.array());
    }

    private static void setCloud(
            io.liftstream.proto.v1.DepthEstimationResult.Builder message,
            LiftedFrame lifted,
            PointCloud cloud) {
        if (cloud != null) {
            message.setPointCloud(PackedClouds.toMessage(lifted.frame().frame(), cloud));
        }
    }
}
