package io.liftstream.bench;

import io.liftstream.files.PlyFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.image.BicubicResizer;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;
import io.liftstream.image.InputSize;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.RgbImage;
import io.liftstream.image.TensorFormat;
import io.liftstream.image.Tensorizer;
import io.liftstream.input.InputSettings;
import io.liftstream.input.PictureMemory;
import io.liftstream.lifting.BatchEstimator;
import io.liftstream.lifting.DefaultIntrinsics;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.DepthRange;
import io.liftstream.lifting.EstimatedImage;
import io.liftstream.lifting.ImageLifter;
import io.liftstream.lifting.ImageSizeLimit;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.ResultSize;
import io.liftstream.lifting.StepListener;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.wire.FrameEncoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The stages of lifting one frame, each on one thread; README.md has the table and the command. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class LiftingBenchmark {
    /** Width and height of the image. */
    @Param({"640x480", "1280x720"})
    public String size;

    private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private final PictureMemory memory = new PictureMemory(InputSettings.LIFTSTREAM, decoder);
    private final Tensorizer tensorizer = new Tensorizer();
    private final ImageLifter lifter = new ImageLifter();
    private byte[] jpeg;
    private byte[] message;
    private RgbImage image;
    private InputSize inputSize;
    private FloatBuffer tensor;
    private float[] networkOutput;
    private short[] depthImage;
    private PointCloud cloud;
    private EstimatedImage depthImageOnly;
    private EstimatedImage inverseCloud;
    private EstimatedImage linearCloud;

    /** Makes a scene with smooth shading, edges and some noise, and what the stages need of it. */
    @Setup
    public void makeInputs() throws IOException {
        int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        jpeg = BenchmarkScene.jpeg(width, height);
        message = FrameEncoder.encode("gate", 0, 0, jpeg, null);
        image = decoder.decode(jpeg);
        inputSize = new InputSizeRule.AspectPreserving(518, 14).sizeFor(width, height);
        int inputPixels = inputSize.height() * inputSize.width();
        tensor =
                ByteBuffer.allocateDirect(3 * inputPixels * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        networkOutput = BenchmarkScene.depth(inputSize.width(), inputSize.height());
        depthImageOnly = estimated(width, height, DepthMapping.INVERSE, true, false);
        inverseCloud = estimated(width, height, DepthMapping.INVERSE, false, true);
        linearCloud = estimated(width, height, DepthMapping.LINEAR, false, true);
        depthImage = depthImage().depthImage();
        cloud = inverseCloud().pointCloud();
    }

    private EstimatedImage estimated(
            int width, int height, DepthMapping mapping, boolean withImage, boolean withCloud) {
        BatchEstimator estimator =
                new BatchEstimator(
                        modelBackend -> {
                            throw new AssertionError("the depth is supplied");
                        },
                        decoder,
                        DefaultIntrinsics.PRIME_SENSE,
                        ResultSize.IMAGE,
                        ImageSizeLimit.NONE,
                        StepListener.NONE);
        DepthEstimationCommand command =
                DepthEstimationCommand.ofImage(jpeg)
                        .suppliedDepth(
                                new SuppliedDepth.Floats(
                                        width, height, BenchmarkScene.depth(width, height)))
                        .returnDepthImage(withImage)
                        .returnPointCloud(withCloud)
                        .advancedConfig(
                                DepthEstimationAdvanceConfig.builder()
                                        .depthMapping(mapping)
                                        .axes(Axes.OPENGL)
                                        .build())
                        .build();
        return estimator.estimate(List.of(() -> command)).get(0).imageOrThrow();
    }

    /** JPEG file to RGB. */
    @Benchmark
    public RgbImage decode() {
        return decoder.decode(jpeg);
    }

    /** The part of {@link #decode} that finds lost pixels. */
    @Benchmark
    public void jpegCheck() {
        decoder.requireWhole(jpeg);
    }

    /** What is known of a picture before it is decoded. */
    @Benchmark
    public ImageSize header() {
        return decoder.size(jpeg);
    }

    /** The memory that a frame will take, from its message; batches are closed by it. */
    @Benchmark
    public long workingMemory() {
        return memory.of(message);
    }

    /** The other way to find them: the JDK's reader tells a listener of libjpeg's warnings. */
    @Benchmark
    public BufferedImage jpegCheckByJdk() throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (ImageInputStream input =
                ImageIO.createImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.addIIOReadWarningListener(
                    (source, warning) -> {
                        throw new IllegalStateException(warning);
                    });
            reader.setInput(input);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** RGB to the network's tensor. */
    @Benchmark
    public FloatBuffer tensorize() {
        tensorizer.write(image, inputSize, TensorFormat.IMAGENET, tensor.clear());
        return tensor;
    }

    /** Network output, at the tensor's size, to the image's size. */
    @Benchmark
    public float[] resizeBack() {
        return BicubicResizer.resize(
                networkOutput,
                0,
                inputSize.height(),
                inputSize.width(),
                image.height(),
                image.width());
    }

    /** Depth map to extremes and depth image. */
    @Benchmark
    public DepthEstimationResult depthImage() {
        return lifted(depthImageOnly);
    }

    /** Depth map to extremes, INVERSE distances and cloud. */
    @Benchmark
    public DepthEstimationResult inverseCloud() {
        return lifted(inverseCloud);
    }

    /** Depth map to extremes, LINEAR distances and cloud. */
    @Benchmark
    public DepthEstimationResult linearCloud() {
        return lifted(linearCloud);
    }

    private DepthEstimationResult lifted(EstimatedImage estimated) {
        return lifter.lift(
                        new EstimatedImage(
                                estimated.image(),
                                estimated.pictureSize(),
                                estimated.depthMap(),
                                DepthRange.ofFinite(estimated.depthMap()),
                                estimated.source(),
                                estimated.parameters(),
                                estimated.wanted(),
                                estimated.scale(),
                                estimated.correction(),
                                estimated.calibration(),
                                estimated.rays()))
                .packed();
    }

    /** Cloud to a PLY file's bytes. */
    @Benchmark
    public void ply() throws IOException {
        PlyFile.write(cloud, OutputStream.nullOutputStream());
    }

    /** Depth image to a PNG file's bytes. */
    @Benchmark
    public byte[] png16() {
        return PngDepthImage.encode(depthImage, image.width(), image.height());
    }
}
