package io.liftstream.testing;

import io.liftstream.wire.FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A fleet whose every camera has a fault of its own, made up from a seed: jitter, bursts, gaps,
 * duplicates, a slow one, one whose clock is an hour ahead, one that restarts, one whose clock is
 * set back, and one that sends rubbish now and then.
 */
public final class RecordedFleet {
    private static final long MILLI = 1_000_000L;
    private static final long INTERVAL_MILLIS = 66;
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    /** What is wrong with a camera. */
    private enum Fault {
        JITTER,
        BURSTS,
        GAPS,
        DUPLICATES,
        SLOW,
        AN_HOUR_AHEAD,
        RESTART,
        CLOCK_SET_BACK,
        RUBBISH
    }

    private record Message(String camera, byte[] value) {}

    private final List<List<Message>> arrivals = new ArrayList<>();
    private final Random random;
    private final RenderedFleet pictures =
            new RenderedFleet(Fault.values().length, WIDTH, HEIGHT, 0, MILLI);

    /**
     * Makes up a fleet.
     *
     * @param seed decides everything but the clock that is ahead, which must be ahead of now
     * @param framesPerCamera about so many frames of each camera
     * @param start when the first frames were taken
     */
    public RecordedFleet(long seed, int framesPerCamera, Instant start) {
        random = new Random(seed);
        for (Fault fault : Fault.values()) {
            arrivals.add(arrivalsOf(fault, framesPerCamera, start));
        }
    }

    private List<Message> arrivalsOf(Fault fault, int frames, Instant start) {
        Instant clock =
                fault == Fault.AN_HOUR_AHEAD ? Instant.now().plus(Duration.ofHours(1)) : start;
        long millis = clock.toEpochMilli();
        int sequence = 0;
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            millis += stepMillis(fault, i, frames);
            if (fault == Fault.RESTART && i == frames / 2) {
                sequence = 0;
            }
            // A tenth is older than the bound of 500 ms allows.
            long jitter = random.nextInt(10) == 0 ? random.nextInt(900) : random.nextInt(300);
            Message message = message(fault, millis - jitter, sequence++);
            messages.add(message);
            if (fault == Fault.DUPLICATES && random.nextInt(3) == 0) {
                messages.add(messages.get(Math.max(0, messages.size() - 1 - random.nextInt(4))));
            }
            if (fault == Fault.RUBBISH && random.nextInt(4) == 0) {
                byte[] rubbish = ("rubbish " + i).getBytes(StandardCharsets.UTF_8);
                messages.add(new Message(message.camera, rubbish));
            }
        }
        return messages;
    }

    private long stepMillis(Fault fault, int index, int frames) {
        return switch (fault) {
            case BURSTS -> index % 10 == 0 ? 10 * INTERVAL_MILLIS : 1;
            case GAPS -> random.nextInt(8) == 0 ? 5_000 : INTERVAL_MILLIS;
            case SLOW -> 1_000;
            case RESTART -> index == frames / 2 ? -100_000 : INTERVAL_MILLIS;
            case CLOCK_SET_BACK -> index == frames / 2 ? -2_000 : INTERVAL_MILLIS;
            default -> INTERVAL_MILLIS;
        };
    }

    private Message message(Fault fault, long captureMillis, int sequence) {
        String camera = cameraId(fault);
        byte[] jpeg = pictures.jpeg(fault.ordinal(), sequence);
        return new Message(
                camera,
                FrameEncoder.encode(
                        camera,
                        captureMillis * MILLI,
                        sequence,
                        jpeg,
                        pictures.intrinsics(fault.ordinal())));
    }

    private static String cameraId(Fault fault) {
        return fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Puts all on a topic: each camera's records in their order, the cameras mixed at random. */
    public void publish(EmbeddedBroker broker, String topic) {
        List<List<Message>> left = new ArrayList<>();
        arrivals.forEach(own -> left.add(new ArrayList<>(own)));
        try (FramePublisher publisher = new FramePublisher(broker, topic)) {
            while (!left.isEmpty()) {
                Message next = left.get(random.nextInt(left.size())).remove(0);
                publisher.publish(next.camera, next.value);
                left.removeIf(List::isEmpty);
            }
        }
    }
}
