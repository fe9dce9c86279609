package io.liftstream.wire;

import ai.onnxruntime.platform.Fp16Conversions;
import io.liftstream.files.GlbFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.frame.Axes;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.LiftedImage;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.surface.SurfaceMesh;
import io.liftstream.proto.v1.DepthEstimationResult;
import io.liftstream.proto.v1.DepthImage;
import io.liftstream.proto.v1.DepthMap;
import io.liftstream.proto.v1.DepthMapEncoding;
import io.liftstream.proto.v1.Lens;
import io.liftstream.proto.v1.Mesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code DepthEstimationResult} message that is still to be written. Its size is known, and can
 * be made smaller, before it is written: arithmetic, but for files of a codec, which are encoded.
 * The bytes are allocated once, and they are those that the generated class would write.
 */
final class ResultMessage {
    private static final int NO_CLOUD = 0;
    private static final int NO_MESH = 0;

    /** The largest finite number of IEEE 754 half precision. */
    private static final float MAX_HALF = 65504f;

    private final SequencedFrame frame;
    private final IntrinsicsSource intrinsicsSource;
    private final CameraSetup setup;
    private final LiftedImage image;
    private final ResultFormat format;
    private final CloudParts clouds;
    private final byte[] png;
    private final List<Degradation> degradations = new ArrayList<>();
    private boolean half;
    private double voxel;
    private int stride;
    private boolean compressed;
    private BulkPart cloud;
    private int meshStep;
    private SurfaceMesh mesh;
    private byte[] glb;
    private List<ResultPart> parts;

    ResultMessage(
            SequencedFrame frame,
            IntrinsicsSource intrinsicsSource,
            CameraSetup setup,
            LiftedImage image,
            ResultFormat format,
            CloudParts clouds) {
        this.frame = frame;
        this.intrinsicsSource = intrinsicsSource;
        this.setup = setup;
        this.image = image;
        this.format = format;
        this.clouds = clouds;
        this.half = format.depthMap() == DepthMapFormat.FLOAT16 && fitsFloat16();
        this.compressed = format.cloud() == CloudFormat.DRACO;
        layCloud(format.voxelMetres(), image.points() == null ? NO_CLOUD : 1);
        layMesh(image.mesh() == null ? NO_MESH : image.mesh().step());
        this.png = hasDepthImage() && format.depthImage() == DepthImageFormat.PNG ? png() : null;
    }

    /** Makes the message smaller, and says so in it, where the step applies. */
    void apply(Degradation step) {
        if (!applies(step)) {
            return;
        }
        parts = null;
        switch (step) {
            case MESH_STEP_2 -> layMesh(2);
            case MESH_STEP_4 -> layMesh(4);
            case NO_MESH -> layMesh(NO_MESH);
            case CLOUD_DRACO -> compressCloud();
            case CLOUD_VOXEL_2 -> layCloud(2 * format.voxelMetres(), stride);
            case CLOUD_VOXEL_4 -> layCloud(4 * format.voxelMetres(), stride);
            case CLOUD_STRIDE_2 -> layCloud(voxel, 2);
            case CLOUD_STRIDE_4 -> layCloud(voxel, 4);
            case DEPTH_FLOAT16 -> half = true;
            case NO_CLOUD -> layCloud(voxel, NO_CLOUD);
        }
        if (step != Degradation.CLOUD_DRACO || compressed) {
            degradations.add(step);
        }
    }

    private boolean applies(Degradation step) {
        return switch (step) {
            case MESH_STEP_2 -> meshStep == 1;
            case MESH_STEP_4 -> meshStep == 1 || meshStep == 2;
            case NO_MESH -> meshStep != NO_MESH;
            case DEPTH_FLOAT16 -> format.depthMap() == DepthMapFormat.FLOAT32 && fitsFloat16();
            case CLOUD_DRACO -> stride != NO_CLOUD && format.cloud() == CloudFormat.AUTO;
            case CLOUD_VOXEL_2, CLOUD_VOXEL_4 -> stride != NO_CLOUD && voxel > 0;
            case CLOUD_STRIDE_2, CLOUD_STRIDE_4, NO_CLOUD -> stride != NO_CLOUD;
        };
    }

    private void compressCloud() {
        compressed = true;
        layCloud(voxel, stride);
    }

    private void layCloud(double voxelMetres, int everyRow) {
        voxel = voxelMetres;
        stride = everyRow;
        cloud = null;
        if (stride != NO_CLOUD) {
            Axes axes = image.result().axes();
            var selection = new CloudParts.Selection(image.points(), stride, voxel);
            if (compressed) {
                cloud = clouds.compressed(frame.frame(), setup.pose(), axes, selection);
                compressed = cloud != null;
            }
            if (!compressed) {
                cloud = clouds.packed(frame.frame(), setup.pose(), axes, selection);
            }
        }
    }

    private void layMesh(int step) {
        meshStep = step;
        mesh = step == NO_MESH ? null : image.mesh().lay(step);
        glb = step == NO_MESH ? null : GlbFile.encode(mesh, image.mesh().picture());
    }

    /** Bytes of the encoded message. */
    long size() {
        return parts().stream().mapToLong(ResultPart::size).sum();
    }

    /** The encoded message. */
    byte[] toByteArray() {
        byte[] value = new byte[Math.toIntExact(size())];
        int offset = 0;
        try {
            for (ResultPart part : parts()) {
                part.write(value, offset);
                offset += Math.toIntExact(part.size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a part of the result is not of its size", e);
        }
        return value;
    }

    /**
     * In the order of their field numbers, as protobuf writes them; laid out once for each size.
     */
    private List<ResultPart> parts() {
        if (parts == null) {
            parts = layOut();
        }
        return parts;
    }

    private List<ResultPart> layOut() {
        List<ResultPart> laidOut = new ArrayList<>();
        laidOut.add(new FieldsPart(identity()));
        if (format.depthMap() != DepthMapFormat.NONE) {
            laidOut.add(depthMap());
        }
        laidOut.add(new FieldsPart(extremes()));
        if (hasDepthImage()) {
            laidOut.add(depthImage());
        }
        if (cloud != null && !compressed) {
            laidOut.add(cloud);
        }
        laidOut.add(new FieldsPart(description()));
        if (meshStep != NO_MESH) {
            laidOut.add(mesh());
        }
        laidOut.add(new FieldsPart(depthToMetres()));
        if (image.result().calibration() != null) {
            laidOut.add(new FieldsPart(lens(image.result().calibration())));
        }
        if (image.distances() != null && format.distances() != DistanceFormat.NONE) {
            laidOut.add(distances());
        }
        if (!resultSize().equals(image.result().pictureSize())) {
            laidOut.add(new FieldsPart(pictureSize(image.result().pictureSize())));
        }
        laidOut.add(new FieldsPart(circumstances()));
        if (cloud != null && compressed) {
            laidOut.add(cloud);
        }
        return laidOut;
    }

    private DepthEstimationResult identity() {
        CameraFrame read = frame.frame();
        return DepthEstimationResult.newBuilder()
                .setCameraId(read.cameraId())
                .setEpoch(frame.epoch())
                .setCaptureTime(TimestampCodec.toMessage(read.captureTimeNanos()))
                .setSequence(read.sequence())
                .build();
    }

    private DepthEstimationResult extremes() {
        return DepthEstimationResult.newBuilder()
                .setMinDepth(image.result().minDepth())
                .setMaxDepth(image.result().maxDepth())
                .build();
    }

    private DepthEstimationResult description() {
        var result = image.result();
        var message =
                DepthEstimationResult.newBuilder()
                        .setPointCloudScale((float) result.pointCloudScale())
                        .setBackendUsed(result.backendIdentity())
                        .setIntrinsics(WireNames.toMessage(result.intrinsics()))
                        .setIntrinsicsSource(WireNames.toMessage(intrinsicsSource))
                        .setDepthMapping(WireNames.toMessage(result.depthMapping()))
                        .setAxes(WireNames.toMessage(result.axes()))
                        .setMetric(result.metric())
                        .setProvenance(ProvenanceCodec.toMessage(frame.frame().provenance()))
                        .setWidth(result.width())
                        .setHeight(result.height())
                        .setSaturatedPixels(result.saturatedPixels())
                        .setMetricBasis(WireNames.toMessage(result.metricBasis()))
                        .setEdgePoints(result.edgePoints());
        if (result.scale() != null) {
            message.setScale(FrameScaleCodec.toMessage(result.scale()));
        }
        degradations.forEach(step -> message.addDegradations(WireNames.toMessage(step)));
        return message.build();
    }

    private DepthEstimationResult circumstances() {
        var message = DepthEstimationResult.newBuilder();
        if (setup.calibration() != null) {
            message.setCalibration(
                    CalibrationCodec.inForce(
                            setup.calibration(), image.result().width(), image.result().height()));
        }
        if (setup.pose() != null) {
            message.setPose(PoseCodec.toMessage(setup.pose()));
        }
        if (frame.frame().timeSource() != CaptureTimeSource.MESSAGE) {
            message.setCaptureTimeSource(WireNames.toMessage(frame.frame().timeSource()));
        }
        if (stride != NO_CLOUD && voxel > 0) {
            message.setCloudVoxel(voxel);
        }
        return message.build();
    }

    private DepthEstimationResult depthToMetres() {
        return DepthEstimationResult.newBuilder()
                .setDepthToMetres(DepthToMetresCodec.toMessage(image.result().depthToMetres()))
                .build();
    }

    private BulkPart depthMap() {
        float[] values = image.result().depthMap();
        DepthMap message =
                DepthMap.newBuilder()
                        .setWidth(image.result().width())
                        .setHeight(image.result().height())
                        .setEncoding(
                                half
                                        ? DepthMapEncoding.DEPTH_MAP_ENCODING_FLOAT16
                                        : DepthMapEncoding.DEPTH_MAP_ENCODING_FLOAT32)
                        .build();
        int bytesPerPixel = half ? Short.BYTES : Float.BYTES;
        return new BulkPart(
                DepthEstimationResult.DEPTH_MAP_FIELD_NUMBER,
                message,
                DepthMap.DATA_FIELD_NUMBER,
                (long) bytesPerPixel * values.length,
                half
                        ? (target, offset) -> writeHalves(values, target, offset)
                        : (target, offset) ->
                                littleEndian(target, offset).asFloatBuffer().put(values));
    }

    private boolean fitsFloat16() {
        return Math.max(Math.abs(image.result().minDepth()), Math.abs(image.result().maxDepth()))
                <= MAX_HALF;
    }

    private static void writeHalves(float[] values, byte[] target, int offset) {
        ByteBuffer halves = littleEndian(target, offset);
        for (float value : values) {
            halves.putShort(Fp16Conversions.floatToFp16(value));
        }
    }

    private boolean hasDepthImage() {
        return image.result().depthImage() != null;
    }

    private byte[] png() {
        return PngDepthImage.encode(
                image.result().depthImage(), image.result().width(), image.result().height());
    }

    private BulkPart depthImage() {
        short[] values = image.result().depthImage();
        DepthImage message =
                DepthImage.newBuilder()
                        .setWidth(image.result().width())
                        .setHeight(image.result().height())
                        .setEncoding("mono16")
                        .setFormat(WireNames.toMessage(format.depthImage()))
                        .build();
        return new BulkPart(
                DepthEstimationResult.DEPTH_IMAGE_FIELD_NUMBER,
                message,
                DepthImage.DATA_FIELD_NUMBER,
                png == null ? (long) Short.BYTES * values.length : png.length,
                png == null
                        ? (target, offset) ->
                                littleEndian(target, offset).asShortBuffer().put(values)
                        : (target, offset) -> System.arraycopy(png, 0, target, offset, png.length));
    }

    private static DepthEstimationResult lens(CameraCalibration calibration) {
        return DepthEstimationResult.newBuilder()
                .setLens(
                        Lens.newBuilder()
                                .setDistortionModel(calibration.model().wireName())
                                .addAllParameters(calibration.parameters()))
                .build();
    }

    private BulkPart distances() {
        return PackedDistances.of(
                frame.frame(), resultSize(), image.distances(), format.distances());
    }

    private ImageSize resultSize() {
        return new ImageSize(image.result().width(), image.result().height());
    }

    private static DepthEstimationResult pictureSize(ImageSize picture) {
        return DepthEstimationResult.newBuilder()
                .setPictureWidth(picture.width())
                .setPictureHeight(picture.height())
                .build();
    }

    private BulkPart mesh() {
        Mesh message =
                Mesh.newBuilder()
                        .setMediaType(GlbFile.MEDIA_TYPE)
                        .setVertices(mesh.vertexCount())
                        .setTriangles(mesh.triangleCount())
                        .build();
        return new BulkPart(
                DepthEstimationResult.MESH_FIELD_NUMBER,
                message,
                Mesh.DATA_FIELD_NUMBER,
                glb.length,
                (target, offset) -> System.arraycopy(glb, 0, target, offset, glb.length));
    }

    private static ByteBuffer littleEndian(byte[] target, int offset) {
        return ByteBuffer.wrap(target, offset, target.length - offset)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
