package io.liftstream.lifting;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.InputSize;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import io.liftstream.network.BatchNetwork;
import io.liftstream.network.DepthPrediction;
import io.liftstream.network.DeviceFailedException;
import io.liftstream.network.ModelsInUseException;
import io.liftstream.network.NetworkLease;
import io.liftstream.network.NetworkLender;
import io.liftstream.network.RunTimeoutException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Networks that answer an image with its red channel and fail when told to. Every run is on record:
 * the red values of its images, or {@code warm-up}.
 */
final class FakeNetworks implements NetworkLender {
    static final int SIDE = 14;

    /** Runs with an image of this red value fail. */
    int poison = -1;

    /** So many such runs fail, and then none. */
    int failures = Integer.MAX_VALUE;

    /** What such a run throws; null means a refusal of the network's. */
    Error error;

    /** Such a run takes too long. */
    boolean endless;

    boolean dead;

    /** After a run that failed, the model is at fault. */
    boolean banned;

    int maxOpen = Integer.MAX_VALUE;

    /** Images of a run, blank ones where there are fewer. */
    int runImages = 1;

    final List<String> runs = new ArrayList<>();
    private final Map<String, Integer> lent = new HashMap<>();

    @Override
    public NetworkLease lend(String model) {
        String name = model == null ? "default" : model;
        if (name.equals("missing")) {
            throw new ModelException("model_backend", name, "there is none");
        }
        if (!lent.containsKey(name) && lent.size() == maxOpen) {
            throw new ModelsInUseException(name, maxOpen, new TreeSet<>(lent.keySet()));
        }
        lent.merge(name, 1, Integer::sum);
        return new NetworkLease(
                new FakeNetwork(name),
                () -> lent.computeIfPresent(name, (key, users) -> users == 1 ? null : users - 1),
                this::examine);
    }

    private void examine(Throwable failure) {
        runs.add("warm-up");
        if (dead) {
            throw new DeviceFailedException("the device failed", failure);
        }
        if (banned) {
            throw new ModelException("model_backend", "default", "is not run for a while");
        }
    }

    boolean allGivenBack() {
        return lent.isEmpty();
    }

    private final class FakeNetwork implements BatchNetwork {
        private final ModelFacts facts;

        FakeNetwork(String name) {
            facts =
                    new ModelFacts(
                            name,
                            "00",
                            Path.of(name + ".onnx"),
                            "Apache-2.0",
                            new InputSizeRule.AspectPreserving(SIDE, SIDE),
                            new TensorFormat(new float[] {0, 0, 0}, new float[] {1, 1, 1}),
                            OutputMeaning.INVERSE_RELATIVE,
                            1,
                            null,
                            DepthMapping.INVERSE);
        }

        @Override
        public ModelFacts facts() {
            return facts;
        }

        @Override
        public int runImages(int images, InputSize size) {
            return Math.max(images, runImages);
        }

        @Override
        public DepthPrediction run(FloatBuffer input, int batch, int height, int width) {
            int pixels = height * width;
            float[] values = new float[batch * pixels];
            List<Integer> reds = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                input.get(input.position() + 3 * i * pixels, values, i * pixels, pixels);
                reds.add(Math.round(values[i * pixels] * 255));
            }
            runs.add(facts.name() + reds);
            if (reds.contains(poison) && failures-- > 0) {
                throw fault(batch, reds);
            }
            if (dead) {
                throw failure("reds " + reds);
            }
            return new DepthPrediction(values, batch, height, width);
        }

        private RuntimeException fault(int batch, List<Integer> reds) {
            if (error != null) {
                throw error;
            }
            return endless
                    ? new RunTimeoutException(facts.name(), batch, 30_000)
                    : failure("reds " + reds);
        }

        private LiftingException failure(String input) {
            return new LiftingException(
                    RejectionReason.INFERENCE_FAILED, "model " + facts.name(), input, "it failed");
        }
    }
}
