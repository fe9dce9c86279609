package io.liftstream.wire;

import io.liftstream.frame.Axes;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.MetricBasis;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.CloudPoints;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.DepthRange;
import io.liftstream.lifting.DepthSource;
import io.liftstream.lifting.DepthToMetres;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.ImageLifter;
import io.liftstream.lifting.LiftedImage;
import io.liftstream.lifting.LiftingParameters;
import io.liftstream.lifting.WantedOutputs;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.lifting.scale.FrameScale;
import io.liftstream.lifting.scale.ScaleReset;
import io.liftstream.lifting.surface.MeshSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Lifted frames made by hand, for tests of what goes on the wire. */
public final class Lifted {
    private static final FrameScale SCALE =
            new FrameScale(0.25, 4.5, 1.125, -0.5, ScaleReset.CUT, MetricBasis.GUESS, 0.0625);

    static final String BACKEND = "liftstream-tiny@0123abcd";

    final SequencedFrame frame = new SequencedFrame(2, frame());
    final IntrinsicsSource intrinsicsSource = IntrinsicsSource.CAMERA_CONFIG;
    final LiftedImage image;

    private Lifted(LiftedImage image) {
        this.image = image;
    }

    /** A result of 3 x 2 pixels with everything in it. */
    static Lifted small() {
        return of(3, 2, new float[] {0.25f, -1.5f, 3.1415927f, 2, 1e-3f, 7.75f});
    }

    /** A result of this size; its depth varies in bits that float16 cannot hold. */
    static Lifted ofSize(int width, int height) {
        float[] depth = new float[width * height];
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 1 + i * 1.0001e-3f;
        }
        return of(width, height, depth);
    }

    static Lifted of(int width, int height, float[] depth) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        short[] depthImage = new short[depth.length];
        for (int i = 0; i < depth.length; i++) {
            min = Math.min(min, depth[i]);
            max = Math.max(max, depth[i]);
            depthImage[i] = (short) (i * 10_007);
        }
        DepthEstimationResult result =
                new DepthEstimationResult(
                        width,
                        height,
                        depth,
                        min,
                        max,
                        depthImage,
                        null,
                        null,
                        "model.onnx",
                        BACKEND,
                        new Intrinsics(525.5, 524.5, 319.5, 239.25),
                        DepthMapping.INVERSE,
                        Axes.OPTICAL,
                        MetricBasis.GUESS,
                        4,
                        9,
                        SCALE,
                        new DepthToMetres(1, -0.25, 7.5, 0.3, 12, 11, 1000),
                        null,
                        new ImageSize(width, height),
                        null);
        return new Lifted(new LiftedImage(result, new MadeUpPoints(width, height), null, null));
    }

    /** The same frame without a cloud and a depth image. */
    static Lifted withoutCloud(Lifted lifted) {
        DepthEstimationResult all = lifted.image.result();
        return new Lifted(
                new LiftedImage(
                        new DepthEstimationResult(
                                all.width(),
                                all.height(),
                                all.depthMap(),
                                all.minDepth(),
                                all.maxDepth(),
                                null,
                                null,
                                null,
                                all.backendUsed(),
                                all.backendIdentity(),
                                all.intrinsics(),
                                all.depthMapping(),
                                all.axes(),
                                all.metricBasis(),
                                all.saturatedPixels(),
                                all.edgePoints(),
                                all.scale(),
                                all.depthToMetres(),
                                all.calibration(),
                                all.pictureSize(),
                                null),
                        null,
                        null,
                        null));
    }

    /** A wall 2 m away as a mesh of step 1, and nothing else but its depth map. */
    static Lifted meshed(int width, int height) {
        float[] metres = new float[width * height];
        Arrays.fill(metres, 2);
        return measured(
                new ImageSize(width, height),
                new ImageSize(width, height),
                metres,
                new WantedOutputs(false, false, true, false));
    }

    /** Distances to 10 m of a picture of another size. */
    static Lifted distances(ImageSize picture, ImageSize size, float[] metres) {
        return measured(picture, size, metres, new WantedOutputs(false, false, false, true));
    }

    private static Lifted measured(
            ImageSize picture, ImageSize size, float[] metres, WantedOutputs wanted) {
        LiftingParameters parameters =
                new LiftingParameters(
                        new Intrinsics(50, 50, 31.5, 23.5),
                        1000,
                        10,
                        DepthMapping.METRIC,
                        0.5,
                        10,
                        null,
                        Axes.OPTICAL,
                        0,
                        new MeshSettings(1, 85, 0.04));
        return new Lifted(
                new ImageLifter()
                        .lift(
                                EstimatedImage.of(
                                        new RgbImage(
                                                picture.width(),
                                                picture.height(),
                                                new byte[(int) (3 * picture.pixels())]),
                                        size,
                                        metres,
                                        DepthRange.ofFinite(metres),
                                        DepthSource.SUPPLIED,
                                        parameters,
                                        wanted)));
    }

    /** The result with its cloud. */
    DepthEstimationResult result() {
        return image.packed();
    }

    /** Encoded results in each form that the wire has. */
    public static List<byte[]> messages() {
        return List.of(
                small().message(
                                DepthMapFormat.FLOAT32,
                                DepthImageFormat.PNG,
                                DistanceFormat.METRES),
                small().message(
                                DepthMapFormat.FLOAT16,
                                DepthImageFormat.RAW,
                                DistanceFormat.MILLIMETRES),
                meshed(8, 6)
                        .message(DepthMapFormat.FLOAT32, DepthImageFormat.PNG, DistanceFormat.NONE),
                small().encode(
                                new ResultFormat(
                                        DepthMapFormat.NONE,
                                        DepthImageFormat.RAW,
                                        DistanceFormat.NONE,
                                        CloudFormat.DRACO,
                                        0,
                                        1 << 20))
                        .value());
    }

    /** A result of this size whose points are these. */
    static Lifted ofPoints(int width, int height, CloudPoints points) {
        return new Lifted(
                new LiftedImage(ofSize(width, height).image.result(), points, null, null));
    }

    private byte[] message(DepthMapFormat map, DepthImageFormat image, DistanceFormat distances) {
        return encode(new ResultFormat(map, image, distances, 1 << 20)).value();
    }

    EncodedResult encode(ResultFormat format) {
        return encode(format, CameraSetup.UNKNOWN);
    }

    EncodedResult encode(ResultFormat format, CameraSetup setup) {
        return new ResultEncoder(format).encode(frame, intrinsicsSource, setup, image);
    }

    private static CameraFrame frame() {
        return new CameraFrame(
                "gate",
                1_700_000_000_123_456_789L,
                7,
                new byte[10],
                new Provenance("liftstream.frames", 1, 1234, 0));
    }

    /** Points that differ; every n-th row and column has as many as it should. */
    private record MadeUpPoints(int width, int height) implements CloudPoints {
        @Override
        public int count(int stride) {
            return (width + stride - 1) / stride * ((height + stride - 1) / stride);
        }

        @Override
        public void pack(int stride, byte[] target, int offset) {
            ByteBuffer data = ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN);
            data.position(offset);
            for (int i = 0; i < count(stride); i++) {
                data.putFloat(i * 0.5f).putFloat(-i).putFloat(1 + i * 0.125f);
                data.put((byte) i).put((byte) (255 - i)).put((byte) 128).put((byte) 255);
            }
        }
    }
}
