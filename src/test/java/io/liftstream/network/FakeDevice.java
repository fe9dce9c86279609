package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A device that fails when told to. There is no model "nosuch"; "damaged" is opened nowhere, "only
 * on CPU" on no GPU, "huge" has never enough memory, and the warm-up of "endless" takes too long.
 */
final class FakeDevice {
    final Set<String> dead = new HashSet<>();
    final Set<ExecutionProvider> broken = new HashSet<>();
    final Set<String> unreadable = new HashSet<>();
    String failure = "CUDA failure 719: unspecified launch failure";

    /** So many models fit on the device. */
    int memory;

    private final List<String> tried = new ArrayList<>();
    private final List<Network> opened = new ArrayList<>();

    FakeDevice(int memory) {
        this.memory = memory;
    }

    NetworkPool<Network> pool(
            int maxOpen, List<ExecutionProvider> candidates, LongSupplier nanoTime) {
        return new NetworkPool<>(maxOpen, candidates, this::opener, nanoTime);
    }

    int tries(String model) {
        return Collections.frequency(tried, model);
    }

    List<String> openModels() {
        return opened.stream()
                .filter(network -> network.closes == 0)
                .map(network -> network.name)
                .toList();
    }

    void requireEveryNetworkClosedOnce() {
        assertThat(opened).extracting(network -> network.closes).containsOnly(1);
    }

    private long onGpu() {
        return opened.stream()
                .filter(network -> network.closes == 0)
                .filter(network -> network.provider() == ExecutionProvider.CUDA)
                .count();
    }

    private NetworkPool.Opener<Network> opener(String model) {
        if (model.equals("nosuch")) {
            throw new LiftingException(
                    RejectionReason.MODEL_UNAVAILABLE, "model_backend", model, "must exist");
        }
        return provider -> {
            tried.add(model);
            if (unreadable.contains(model)) {
                throw new UncheckedIOException(model + " cannot be read", new IOException());
            }
            boolean refused =
                    model.equals("damaged")
                            || (model.equals("only on CPU") && provider != ExecutionProvider.CPU);
            if (refused || broken.contains(provider)) {
                throw new ProviderException("model " + model, failure, "must run", null);
            }
            if (model.equals("endless")) {
                throw new ProviderException(
                        "warm-up", "endless", "must end", new RunTimeoutException(model, 1, 9));
            }
            if (provider == ExecutionProvider.CUDA && (onGpu() >= memory || model.equals("huge"))) {
                throw new ProviderException(
                        "model " + model, "Failed to allocate memory", "must run", null);
            }
            opened.add(new Network(model, provider));
            return opened.get(opened.size() - 1);
        };
    }

    /** Runs while its provider is not among the broken ones. */
    final class Network implements OpenNetwork {
        final String name;
        private final ExecutionProvider provider;
        int closes;
        int warmUps;
        boolean closeFails;

        Network(String name, ExecutionProvider provider) {
            this.name = name;
            this.provider = provider;
        }

        @Override
        public ExecutionProvider provider() {
            return provider;
        }

        @Override
        public void warmUp() {
            warmUps++;
            if (broken.contains(provider) || dead.contains(name)) {
                throw new LiftingException(
                        RejectionReason.INFERENCE_FAILED, "model " + name, "zeros", failure);
            }
        }

        @Override
        public void close() {
            closes++;
            if (closeFails) {
                throw new IllegalStateException(name + " cannot be freed");
            }
        }
    }
}
