package io.liftstream.network;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.InputSize;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.ExternalData;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.ModelMetadata;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One depth model, open and ready. It owns its native session until {@link #close()}; results are
 * Java arrays that the caller keeps. Meant for one thread at a time, one instance per task slot.
 */
public final class DepthNetwork implements BatchNetwork, OpenNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(DepthNetwork.class);

    // As most cameras give it: a graph that takes squares alone must fail here, and not later.
    static final int USUAL_WIDTH = 640;
    static final int USUAL_HEIGHT = 480;

    /** As many as an input may have: a network gives about a value for each pixel that it sees. */
    private static final long MAX_OUTPUT_PIXELS = InputSizeRule.MAX_PIXELS;

    private final ModelFacts facts;
    private final NetworkSignature signature;
    private final NetworkSessions sessions;
    private final int gpuRunImages;

    private DepthNetwork(
            ModelFacts facts,
            NetworkSignature signature,
            NetworkSession first,
            Path file,
            ExecutionSettings options,
            Runnable onHang) {
        this.facts = facts;
        this.signature = signature;
        this.gpuRunImages = options.gpuRunImages();
        this.sessions =
                new NetworkSessions(
                        first,
                        size -> another(NetworkSession.open(file, options, false, onHang), size),
                        first.provider() == ExecutionProvider.CPU ? 1 : NetworkSessions.MOST_ON_GPU,
                        System::nanoTime);
    }

    private NetworkSession another(NetworkSession opened, InputSize size) {
        try {
            int images = runImages(1, size);
            run(opened, zeros(images, size), images, size.height(), size.width());
            return opened;
        } catch (RuntimeException | Error e) {
            closeAfter(opened, e);
            throw e;
        }
    }

    /**
     * Opens an ONNX file and runs it once. What the caller declares about it goes before what its
     * metadata says.
     *
     * @param file the model
     * @param declared facts from a catalogue; {@link DeclaredFacts#NOTHING} to trust the file
     * @param options how it runs; with a provider other than AUTO, which {@link DepthModels}
     *     decides
     * @return the network, which the caller closes
     * @throws ModelException when the file is no depth network, cannot run with the provider, or
     *     when a fact is missing or contradicts the graph
     * @throws IllegalArgumentException for provider AUTO
     */
    public static DepthNetwork open(Path file, DeclaredFacts declared, ExecutionSettings options) {
        return open(file, declared, options, () -> {});
    }

    /**
     * As above.
     *
     * @param onHang taken when a run neither ends in its time nor when it is told to
     */
    static DepthNetwork open(
            Path file, DeclaredFacts declared, ExecutionSettings options, Runnable onHang) {
        // Before anything reads the files that the model names.
        ExternalData.files(file);
        boolean gpu = options.provider() != ExecutionProvider.CPU;
        NetworkSession session = NetworkSession.open(file, options, gpu, onHang);
        try {
            String model = file.getFileName().toString();
            NetworkSignature signature = NetworkSignature.of(model, session.session());
            Map<String, String> metadata = session.session().getMetadata().getCustomMetadata();
            DeclaredFacts stated = declared.orElse(ModelMetadata.read(model, metadata));
            String said = ModelMetadata.notUnderstood(metadata);
            ModelFacts facts = FactsCheck.complete(file, stated, signature, said);
            return new DepthNetwork(facts, signature, session, file, options, onHang).warm();
        } catch (OrtException e) {
            closeAfter(session, e);
            throw new IllegalStateException("model metadata is unreadable", e);
        } catch (RuntimeException | Error e) {
            closeAfter(session, e);
            throw e;
        }
    }

    private DepthNetwork warm() {
        try {
            if (facts.inputSize() instanceof InputSizeRule.AspectPreserving) {
                new OpenSizes(facts, this::tryZeros).require();
            }
            warmUp();
            warnOfLayersOnCpu();
            return this;
        } catch (ProviderException e) {
            throw e;
        } catch (LiftingException e) {
            throw warmUpFailed(e);
        }
    }

    private void warnOfLayersOnCpu() {
        if (provider() == ExecutionProvider.CPU) {
            return;
        }
        List<String> layers = sessions.first().layersOnCpu();
        if (!layers.isEmpty()) {
            LOG.warn(
                    "{} cannot run {} layers of model {}; the CPU runs them, and their tensors are"
                            + " copied there and back: {}",
                    provider(),
                    layers.size(),
                    facts.backendUsed(),
                    layers);
        }
    }

    private ProviderException warmUpFailed(LiftingException failure) {
        return new ProviderException(
                facts.backendUsed(),
                "its first run on "
                        + provider()
                        + " failed ("
                        + failure.remedy()
                        + "); "
                        + warmUpRemedy(),
                failure);
    }

    private String warmUpRemedy() {
        int images = runImages(1, usualSize(facts.inputSize()));
        String general = "it must run on zeros of its own input size";
        return images == 1
                ? general
                : general
                        + ", "
                        + images
                        + " images at a time: where the GPU's memory is short, free some of it"
                        + " (nvidia-smi names who holds it), raise inference.gpu-memory or lower"
                        + " batching.max-frames";
    }

    private static void closeAfter(NetworkSession session, Throwable failure) {
        try {
            session.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** {@return the number of networks that are open in this JVM now; for leak tests} */
    public static int openSessions() {
        return NetworkSession.openSessions();
    }

    @Override
    public ModelFacts facts() {
        return facts;
    }

    /** What computes the layers; never AUTO. */
    @Override
    public ExecutionProvider provider() {
        return sessions.first().provider();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException after {@link #close()}
     */
    @Override
    public DepthPrediction run(FloatBuffer input, int batch, int height, int width) {
        sessions.first().requireOpen();
        long perFrame = 3L * height * width;
        if (!input.isDirect() || input.remaining() != batch * perFrame) {
            throw new IllegalArgumentException(
                    "input holds "
                            + input.remaining()
                            + " values, direct "
                            + input.isDirect()
                            + ": must be a direct buffer of "
                            + batch * perFrame);
        }
        return run(sessions.of(new InputSize(height, width)), input, batch, height, width);
    }

    private DepthPrediction run(
            NetworkSession session, FloatBuffer input, int batch, int height, int width) {
        return takesBatches() || batch == 1
                ? runOnce(session, input, batch, height, width)
                : runOneByOne(session, input, batch, height, width);
    }

    private boolean takesBatches() {
        return signature.batch() != 1;
    }

    @Override
    public int runImages(int images, InputSize size) {
        boolean padded = provider() != ExecutionProvider.CPU && takesBatches();
        return padded
                ? Math.max(images, Math.min(gpuRunImages, BatchNetwork.maxImages(size)))
                : images;
    }

    // For graphs that were exported for a single frame.
    private DepthPrediction runOneByOne(
            NetworkSession session, FloatBuffer input, int batch, int height, int width) {
        int perFrame = 3 * height * width;
        DepthPrediction[] single = new DepthPrediction[batch];
        for (int frame = 0; frame < batch; frame++) {
            FloatBuffer slice = input.slice(input.position() + frame * perFrame, perFrame);
            single[frame] = runOnce(session, slice, 1, height, width);
        }
        int mapLength = single[0].values().length;
        requireBounded(batch, single[0].height(), single[0].width());
        float[] values = new float[batch * mapLength];
        for (int frame = 0; frame < batch; frame++) {
            System.arraycopy(single[frame].values(), 0, values, frame * mapLength, mapLength);
        }
        return new DepthPrediction(values, batch, single[0].height(), single[0].width());
    }

    private DepthPrediction runOnce(
            NetworkSession session, FloatBuffer input, int batch, int height, int width) {
        long[] shape = {batch, 3, height, width};
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtLibrary.environment(), input, shape);
                OrtSession.Result result =
                        session.run(
                                Map.of(signature.input(), tensor), facts.backendUsed(), batch)) {
            return prediction((OnnxTensor) result.get(0), batch);
        } catch (OrtException e) {
            throw failed(
                    "its run on "
                            + batch
                            + "x3x"
                            + height
                            + "x"
                            + width
                            + " failed: "
                            + OrtFault.of(e),
                    e);
        }
    }

    private DepthPrediction prediction(OnnxTensor output, int batch) {
        long[] shape = output.getInfo().getShape();
        boolean fits =
                shape.length >= 3 && shape[0] == batch && (shape.length == 3 || shape[1] == 1);
        if (!fits) {
            throw failed(
                    "its output "
                            + Arrays.toString(shape)
                            + " must be one map for each of "
                            + batch
                            + " frames",
                    null);
        }
        int rank = shape.length;
        long height = shape[rank - 2];
        long width = shape[rank - 1];
        requireBounded(batch, height, width);
        // A copy already, of exactly these values.
        float[] values = output.getFloatBuffer().array();
        return new DepthPrediction(values, batch, (int) height, (int) width);
    }

    /** A graph may make maps of any size, for some images alone. */
    private void requireBounded(int batch, long height, long width) {
        boolean empty = height < 1 || width < 1;
        if (empty
                || height > MAX_OUTPUT_PIXELS / width
                || batch > Integer.MAX_VALUE / (height * width)) {
            throw failed(
                    "its output "
                            + batch
                            + " x "
                            + height
                            + " x "
                            + width
                            + ": a map has 1 to "
                            + MAX_OUTPUT_PIXELS
                            + " pixels",
                    null);
        }
    }

    private LiftingException failed(String fault, OrtException cause) {
        return LiftingException.ofWhole(
                RejectionReason.INFERENCE_FAILED, "model " + facts.backendUsed(), fault, cause);
    }

    /**
     * Runs a tensor of zeros of the model's input size, on a GPU with as many images as each run,
     * to have lazily loaded kernels and memory in place before the first frame. After a failed run
     * it tells a dead device (this fails too) from a bad frame.
     *
     * @throws LiftingException INFERENCE_FAILED when the run fails
     */
    @Override
    public void warmUp() {
        InputSize size = usualSize(facts.inputSize());
        int images = runImages(1, size);
        run(zeros(images, size), images, size.height(), size.width());
    }

    static InputSize usualSize(InputSizeRule rule) {
        return rule.sizeFor(USUAL_WIDTH, USUAL_HEIGHT);
    }

    /** One image, whatever sessions there are by then. */
    private DepthPrediction tryZeros(InputSize size) {
        return runOnce(sessions.first(), zeros(1, size), 1, size.height(), size.width());
    }

    private static FloatBuffer zeros(int images, InputSize size) {
        int values = Math.multiplyExact(3 * images, size.height() * size.width());
        return ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Frees the sessions; further calls do nothing. */
    @Override
    public void close() {
        sessions.close();
    }
}
