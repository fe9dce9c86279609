package io.liftstream.wire;

import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.liftstream.files.PngDepthImage;
import io.liftstream.frame.Axes;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.ForeignText;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.MetricBasis;
import io.liftstream.image.Grey16Image;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.proto.v1.DepthImage;
import io.liftstream.proto.v1.DepthMap;
import io.liftstream.proto.v1.RawImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code DepthEstimationResult} messages, for consumers. */
public final class ResultDecoder {

    private static final Parser<io.liftstream.proto.v1.DepthEstimationResult> PARSER =
            DiscardUnknownFieldsParser.wrap(io.liftstream.proto.v1.DepthEstimationResult.parser());

    private ResultDecoder() {}

    /**
     * Decodes a record of the depth topic.
     *
     * @param value the record's value
     * @return the result and what the message says about its frame
     * @throws InvalidProtocolBufferException where the bytes are no such message, where it names no
     *     camera or time, where a part is not of the size that it or the result states, or where a
     *     constant is one that only a newer version knows
     */
    public static ReadResult decode(byte[] value) throws InvalidProtocolBufferException {
        var message = SharedBytes.parse(PARSER, value);
        if (!CameraId.isValid(message.getCameraId())) {
            throw unreadable("camera_id", CameraId.quoted(message.getCameraId()));
        }
        if (!message.hasCaptureTime()) {
            throw unreadable("capture_time", "missing");
        }
        requireOneSize(message);
        return new ReadResult(
                message.getCameraId(),
                message.getEpoch(),
                TimestampCodec.captureNanos(message.getCaptureTime()),
                message.getSequence(),
                resultOf(message),
                WireNames.fromMessage(message.getIntrinsicsSource()),
                degradations(message),
                ProvenanceCodec.fromMessage(message.getProvenance()),
                setup(message),
                WireNames.fromMessage(message.getCaptureTimeSource()),
                CompressedClouds.of(message),
                message.hasMesh() ? message.getMesh().getData().toByteArray() : null);
    }

    private static List<Degradation> degradations(
            io.liftstream.proto.v1.DepthEstimationResult message)
            throws InvalidProtocolBufferException {
        List<Degradation> steps = new ArrayList<>();
        for (var step : message.getDegradationsList()) {
            steps.add(WireNames.fromMessage(step));
        }
        return List.copyOf(steps);
    }

    private static DepthEstimationResult resultOf(
            io.liftstream.proto.v1.DepthEstimationResult message)
            throws InvalidProtocolBufferException {
        Axes axes = WireNames.fromMessage(message.getAxes());
        return new DepthEstimationResult(
                message.getWidth(),
                message.getHeight(),
                message.hasDepthMap() ? depthMap(message.getDepthMap()) : null,
                message.getMinDepth(),
                message.getMaxDepth(),
                message.hasDepthImage() ? depthImage(message.getDepthImage()) : null,
                cloud(message, axes),
                null,
                ForeignText.printable(message.getBackendUsed()),
                ForeignText.printable(message.getBackendUsed()),
                WireNames.fromMessage(message.getIntrinsics()),
                WireNames.fromMessage(message.getDepthMapping()),
                axes,
                basisOf(message),
                message.getSaturatedPixels(),
                message.getEdgePoints(),
                message.hasScale()
                        ? FrameScaleCodec.fromMessage(message.getScale(), basisOf(message))
                        : null,
                message.hasDepthToMetres()
                        ? DepthToMetresCodec.fromMessage(message.getDepthToMetres())
                        : null,
                message.hasLens() ? calibration(message) : null,
                new ImageSize(
                        message.hasPictureWidth() ? message.getPictureWidth() : message.getWidth(),
                        message.hasPictureHeight()
                                ? message.getPictureHeight()
                                : message.getHeight()),
                message.hasDepth() ? PackedDistances.metres(message.getDepth()) : null);
    }

    private static CameraSetup setup(io.liftstream.proto.v1.DepthEstimationResult message)
            throws InvalidProtocolBufferException {
        try {
            return new CameraSetup(
                    message.hasCalibration()
                            ? CalibrationCodec.fromMessage(
                                    message.getCalibration(),
                                    message.hasLens() ? calibration(message) : null)
                            : null,
                    message.hasPose() ? PoseCodec.fromMessage(message.getPose()) : null);
        } catch (IllegalArgumentException e) {
            throw unreadable("pose", message.getPose());
        }
    }

    private static CameraCalibration calibration(
            io.liftstream.proto.v1.DepthEstimationResult message)
            throws InvalidProtocolBufferException {
        LensModel model = LensModel.ofWireName(message.getLens().getDistortionModel());
        if (model == null) {
            throw unreadable("lens.distortion_model", message.getLens().getDistortionModel());
        }
        CameraCalibration calibration =
                new CameraCalibration(
                        message.getWidth(),
                        message.getHeight(),
                        WireNames.fromMessage(message.getIntrinsics()),
                        model,
                        List.copyOf(message.getLens().getParametersList()));
        if (calibration.problem() != null) {
            throw new InvalidProtocolBufferException("lens: " + calibration.problem());
        }
        return calibration;
    }

    /** Its parts are of the size that the result says, and the cloud has no more points. */
    private static void requireOneSize(io.liftstream.proto.v1.DepthEstimationResult message)
            throws InvalidProtocolBufferException {
        ImageSize size = new ImageSize(message.getWidth(), message.getHeight());
        if (size.width() < 1 || size.height() < 1 || size.pixels() > Integer.MAX_VALUE) {
            throw unreadable("size", size);
        }
        if (message.hasDepthMap()) {
            DepthMap map = message.getDepthMap();
            requireSize("depth_map", map.getWidth(), map.getHeight(), size);
        }
        if (message.hasDepthImage()) {
            DepthImage image = message.getDepthImage();
            requireSize("depth_image", image.getWidth(), image.getHeight(), size);
        }
        if (message.hasDepth()) {
            RawImage depth = message.getDepth();
            requireSize("depth", depth.getWidth(), depth.getHeight(), size);
        }
        int points = message.getPointCloud().getData().size() / PointCloud.POINT_BYTES;
        if (points > size.pixels()) {
            throw unreadable("point_cloud", points + " points of " + size + " pixels");
        }
    }

    private static void requireSize(String field, int width, int height, ImageSize size)
            throws InvalidProtocolBufferException {
        if (width != size.width() || height != size.height()) {
            throw unreadable(field, new ImageSize(width, height) + " where the result is " + size);
        }
    }

    /** Results of before it was on the wire say metric, or nothing. */
    private static MetricBasis basisOf(io.liftstream.proto.v1.DepthEstimationResult message)
            throws InvalidProtocolBufferException {
        if (message.getMetricBasis()
                != io.liftstream.proto.v1.MetricBasis.METRIC_BASIS_UNSPECIFIED) {
            return WireNames.fromMessage(message.getMetricBasis());
        }
        return message.getMetric() ? MetricBasis.MODEL : MetricBasis.GUESS;
    }

    private static float[] depthMap(DepthMap message) throws InvalidProtocolBufferException {
        ByteBuffer data = message.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        switch (message.getEncoding()) {
            case DEPTH_MAP_ENCODING_FLOAT32 -> {
                float[] values = new float[pixels("depth_map", message, Float.BYTES)];
                data.asFloatBuffer().get(values);
                return values;
            }
            case DEPTH_MAP_ENCODING_FLOAT16 -> {
                float[] values = new float[pixels("depth_map", message, Short.BYTES)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Fp16Conversions.fp16ToFloat(data.getShort());
                }
                return values;
            }
            default -> throw unreadable("depth_map.encoding", message.getEncoding());
        }
    }

    private static short[] depthImage(DepthImage message) throws InvalidProtocolBufferException {
        switch (message.getFormat()) {
            case DEPTH_IMAGE_FORMAT_PNG -> {
                return png(message);
            }
            case DEPTH_IMAGE_FORMAT_RAW -> {
                int pixels =
                        pixels(
                                "depth_image",
                                message.getWidth(),
                                message.getHeight(),
                                Short.BYTES,
                                message.getData().size());
                short[] values = new short[pixels];
                message.getData()
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer()
                        .get(values);
                return values;
            }
            default -> throw unreadable("depth_image.format", message.getFormat());
        }
    }

    private static short[] png(DepthImage message) throws InvalidProtocolBufferException {
        try {
            Grey16Image image = PngDepthImage.decode(message.getData().toByteArray());
            if (image.width() != message.getWidth() || image.height() != message.getHeight()) {
                throw unreadable("depth_image", image.width() + " x " + image.height());
            }
            return image.values();
        } catch (LiftingException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    private static PointCloud cloud(io.liftstream.proto.v1.DepthEstimationResult message, Axes axes)
            throws InvalidProtocolBufferException {
        if (message.hasPointCloud()) {
            return cloud(message.getPointCloud(), axes);
        }
        return message.hasCompressedPointCloud() ? CompressedClouds.points(message, axes) : null;
    }

    private static PointCloud cloud(io.liftstream.proto.v1.PointCloud message, Axes axes)
            throws InvalidProtocolBufferException {
        int bytes = message.getData().size();
        if (message.getPointStride() != PointCloud.POINT_BYTES
                || bytes % PointCloud.POINT_BYTES != 0) {
            throw unreadable(
                    "point_cloud",
                    bytes + " bytes with a point_stride of " + message.getPointStride());
        }
        return new PointCloud(message.getData().toByteArray(), axes);
    }

    private static int pixels(String field, DepthMap message, int bytesPerPixel)
            throws InvalidProtocolBufferException {
        return pixels(
                field,
                message.getWidth(),
                message.getHeight(),
                bytesPerPixel,
                message.getData().size());
    }

    private static int pixels(String field, int width, int height, int bytesPerPixel, int bytes)
            throws InvalidProtocolBufferException {
        if (width < 0
                || height < 0
                || bytes % bytesPerPixel != 0
                || (long) width * height != bytes / bytesPerPixel) {
            throw unreadable(field, width + " x " + height + " pixels in " + bytes + " bytes");
        }
        return bytes / bytesPerPixel;
    }

    private static InvalidProtocolBufferException unreadable(String field, Object value) {
        return new InvalidProtocolBufferException(
                ForeignText.printable(field + " is " + value + ": not readable here"));
    }
}
