package io.liftstream.network;

import io.liftstream.frame.LiftingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks that are open at the same time, by the names they are asked for. Never more than a given
 * number: for a further one, that which was used longest ago is closed, of those that nobody uses
 * and nobody asked to keep. Where a GPU's memory is too small for as many, fewer are open. Every
 * network is closed exactly once. Safe for several threads.
 *
 * @param <N> a network
 */
final class NetworkPool<N extends OpenNetwork> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkPool.class);

    /**
     * Opens one model.
     *
     * @param <N> a network
     */
    interface Opener<N> {
        /**
         * Opens the model with a provider and runs it once.
         *
         * @throws ProviderException when this provider cannot
         * @throws LiftingException when no provider could
         */
        N open(ExecutionProvider provider);
    }

    private final ModelBans bans;
    private final int maxOpen;
    private final List<ExecutionProvider> candidates;
    private final Function<String, Opener<N>> openers;
    // Least recently used first: lending and giving back are uses.
    private final Map<String, Place> places = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /**
     * @param maxOpen networks open at a time, at least 1
     * @param candidates providers to try for each model, best first, at least one, never AUTO
     * @param openers finds a model by its name; a {@link LiftingException} where there is none
     * @param nanoTime as {@link System#nanoTime}
     */
    NetworkPool(
            int maxOpen,
            List<ExecutionProvider> candidates,
            Function<String, Opener<N>> openers,
            LongSupplier nanoTime) {
        this.bans = new ModelBans(nanoTime);
        this.maxOpen = maxOpen;
        this.candidates = List.copyOf(candidates);
        this.openers = openers;
    }

    /**
     * The network of a model that the operator named, which stays open until {@link #close()}. It
     * is tried whenever it is asked for, however often it failed.
     */
    synchronized N keep(String model) {
        Place place = place(model, this::open);
        place.kept = true;
        return place.network;
    }

    /**
     * The network of a model, which stays open until {@link #giveBack} was called as often.
     *
     * @throws ModelException for a while after it could not be opened, without a further try
     */
    synchronized N lend(String model) {
        bans.requireNone(model);
        Place place = place(model, this::openOrBan);
        place.users++;
        return place.network;
    }

    synchronized void giveBack(String model) {
        Place place = places.get(model);
        if (place != null) {
            place.users--;
        }
    }

    /**
     * After a run that failed, tells whether image, model or device is at fault. A model that
     * nobody asked to keep is closed and banned where it is; returns where the image is.
     *
     * @param failure what the run threw
     * @throws ModelException where the model alone no longer runs, or takes too long
     * @throws DeviceFailedException where none runs any more
     */
    synchronized void examine(String model, Throwable failure) {
        bans.requireNone(model);
        Place place = places.get(model);
        if (place == null) {
            return;
        }
        boolean endless = failure instanceof RunTimeoutException && !place.kept;
        if (!endless) {
            if (place.runs()) {
                return;
            }
            requireDevice(model, place, failure);
        }
        bans.ban(model, failure);
        LOG.warn("Closing model {}, which is at fault for a run that failed", model, failure);
        places.remove(model);
        place.network.close();
        bans.requireNone(model);
    }

    /** A model that a message named may fail by itself; one that the operator named speaks. */
    private void requireDevice(String model, Place failed, Throwable failure) {
        boolean anotherRuns =
                !failed.kept
                        && places.values().stream().anyMatch(other -> other.kept && other.runs());
        if (!anotherRuns) {
            throw new DeviceFailedException(
                    "the device failed: after a run that failed, the model "
                            + model
                            + " no longer runs even its warm-up tensor",
                    failure);
        }
    }

    private Place place(String model, BiFunction<String, Opener<N>, N> opening) {
        if (closed) {
            throw new IllegalStateException("the models are closed");
        }
        Place known = places.get(model);
        if (known != null) {
            return known;
        }
        // A model that does not exist costs no other its place.
        Opener<N> opener = openers.apply(model);
        makeRoomFor(model);
        Place opened = new Place(opening.apply(model, opener));
        places.put(model, opened);
        bans.lift(model);
        return opened;
    }

    private N openOrBan(String model, Opener<N> opener) {
        try {
            return open(model, opener);
        } catch (DeviceFailedException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            if (e.getCause() instanceof RunTimeoutException) {
                bans.ban(model, e.getCause());
            } else {
                bans.banForNow(model, e);
            }
            throw e;
        }
    }

    private void makeRoomFor(String model) {
        if (places.size() >= maxOpen && closeOldest(1, Place::isIdle, model) == 0) {
            throw new ModelsInUseException(model, maxOpen, List.copyOf(places.keySet()));
        }
    }

    /** Closes so many at most, and returns how many. */
    private int closeOldest(int most, Predicate<Place> which, String model) {
        Iterator<Map.Entry<String, Place>> oldestFirst = places.entrySet().iterator();
        int count = 0;
        while (count < most && oldestFirst.hasNext()) {
            Map.Entry<String, Place> entry = oldestFirst.next();
            if (which.test(entry.getValue())) {
                LOG.info("Closing model {} to make room for {}", entry.getKey(), model);
                oldestFirst.remove();
                entry.getValue().network.close();
                count++;
            }
        }
        return count;
    }

    private N open(String model, Opener<N> opener) {
        int last = candidates.size() - 1;
        for (ExecutionProvider candidate : candidates.subList(0, last)) {
            try {
                return open(model, candidate, opener);
            } catch (ProviderException e) {
                LOG.warn("{} cannot run {}; trying the next provider", candidate, model, e);
            }
        }
        return open(model, candidates.get(last), opener);
    }

    private N open(String model, ExecutionProvider provider, Opener<N> opener) {
        return provider == ExecutionProvider.CPU
                ? opener.open(provider)
                : openOnGpu(model, provider, opener, 1);
    }

    /**
     * Idle ones hold a GPU's memory that this one may need: for it one of them is closed, and then
     * all. To go on one by one would cost a try for each.
     *
     * @param toClose so many for the next try
     */
    private N openOnGpu(String model, ExecutionProvider provider, Opener<N> opener, int toClose) {
        try {
            return opener.open(provider);
        } catch (ProviderException e) {
            if (!e.isOutOfMemory() || closeOldest(toClose, this::holdsGpuForNobody, model) == 0) {
                throw ifTheModelsFault(e);
            }
        }
        return openOnGpu(model, provider, opener, toClose == 1 ? maxOpen : 0);
    }

    private boolean holdsGpuForNobody(Place place) {
        return place.isIdle() && place.runsOnGpu();
    }

    /**
     * Tells a model that a GPU cannot run from a GPU that no longer runs anything, by a network
     * that ran on it before.
     */
    private ProviderException ifTheModelsFault(ProviderException failure) {
        Optional<Map.Entry<String, Place>> witness =
                places.entrySet().stream()
                        .filter(entry -> entry.getValue().runsOnGpu())
                        .findFirst();
        if (witness.isEmpty()) {
            return failure;
        }
        String running = witness.get().getKey();
        try {
            witness.get().getValue().network.warmUp();
        } catch (LiftingException e) {
            DeviceFailedException deviceFailed =
                    new DeviceFailedException(
                            "the device failed: it could not open a further model, and it no longer"
                                    + " runs "
                                    + running
                                    + ", which is open",
                            failure);
            deviceFailed.addSuppressed(e);
            throw deviceFailed;
        }
        return failure.isOutOfMemory() ? noMemoryLeft(failure, running) : failure;
    }

    private ProviderException noMemoryLeft(ProviderException failure, String running) {
        return new ProviderException(
                "device memory",
                "too little for one more model besides the " + places.size() + " that are open",
                "name one of these, of which "
                        + running
                        + " was seen to run, or a smaller one: "
                        + places.keySet(),
                failure);
    }

    /** Closes every network that is open, in use or not; further calls do nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        List<Place> all = new ArrayList<>(places.values());
        places.clear();
        RuntimeException first = null;
        for (Place place : all) {
            try {
                place.network.close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** An open network and who needs it. */
    private final class Place {
        private final N network;
        private boolean kept;
        private int users;

        Place(N network) {
            this.network = network;
        }

        boolean isIdle() {
            return !kept && users == 0;
        }

        boolean runs() {
            try {
                network.warmUp();
                return true;
            } catch (RuntimeException | OutOfMemoryError e) {
                LOG.warn("A network no longer runs its warm-up tensor", e);
                return false;
            }
        }

        boolean runsOnGpu() {
            return network.provider() != ExecutionProvider.CPU;
        }
    }
}
