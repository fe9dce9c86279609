package io.liftstream.cli.publish;

import io.liftstream.frame.DurationText;
import io.liftstream.wire.FrameEncoder;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/**
 * Publishes what a live camera sends until it is asked to end. A connection that breaks is made
 * anew, after 1 s, then 2 s, at most 30 s; one that never was ends it.
 *
 * <p>Frames have the camera's time where it gives one. RTCP's first report comes some seconds after
 * the first frame: frames before it are left out, and where none has come after 10 s, this
 * machine's clock is used until the connection ends. Whenever another clock takes over, the stream
 * gets another id, so that the job begins a new epoch instead of finding frames late.
 */
final class LivePublisher {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long OTHER_CLOCK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final CameraAddress address;
    private final String cameraId;
    private final Duration clockTimeout;
    private final PrintWriter out;
    private final BooleanSupplier ended;
    private final Consumer<Duration> pause;
    private final String run = "publish-" + Instant.now().toEpochMilli();

    private CaptureClock clock;
    private int streams;
    private long sent;
    private long untimed;
    private long broken;
    private long tooLarge;
    private long firstNanos;
    private long lastNanos;

    /** Takes encoded frames. */
    @FunctionalInterface
    interface Target {
        /**
         * Takes the next frame, with its image for those who look at its size.
         *
         * @return false where it is too large, and left out
         */
        boolean send(byte[] frame, byte[] image) throws Exception;
    }

    /**
     * @param clockTimeout how long to wait for the camera's clock
     * @param out is told of connections
     * @param ended says when to end
     * @param pause waits between connections
     */
    LivePublisher(
            CameraAddress address,
            String cameraId,
            Duration clockTimeout,
            PrintWriter out,
            BooleanSupplier ended,
            Consumer<Duration> pause) {
        this.address = address;
        this.cameraId = cameraId;
        this.clockTimeout = clockTimeout;
        this.out = out;
        this.ended = ended;
        this.pause = pause;
    }

    /**
     * Publishes until it is asked to end.
     *
     * @throws CameraUnreachableException where the camera has never sent a frame
     */
    void run(Target target) throws Exception {
        Duration wait = FIRST_PAUSE;
        while (!ended.getAsBoolean()) {
            long before = sent;
            try (CameraConnection connection = CameraConnection.open(address)) {
                publish(connection, target);
            } catch (CameraUnreachableException e) {
                if (sent == 0) {
                    throw e;
                }
                wait = sent > before ? FIRST_PAUSE : shorter(wait.multipliedBy(2), LONGEST_PAUSE);
                out.println(e.getMessage() + "; connecting again in " + wait.toSeconds() + " s");
                out.flush();
                pause.accept(wait);
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private void publish(CameraConnection connection, Target target) throws Exception {
        try (LiveDecoder decoder =
                new LiveDecoder(connection.stream().codecpar(), address.toString())) {
            try {
                publish(connection, decoder, target);
            } finally {
                broken += decoder.broken();
            }
        }
    }

    private void publish(CameraConnection connection, LiveDecoder decoder, Target target)
            throws Exception {
        long deadline = System.nanoTime() + clockTimeout.toNanos();
        CaptureClock used = null;
        while (!ended.getAsBoolean()) {
            AVPacket packet = connection.next();
            long arrived = ImageRecording.nanos(Instant.now());
            Long taken = connection.captureNanos();
            if (used == null && (taken != null || System.nanoTime() - deadline >= 0)) {
                used = taken == null ? CaptureClock.ARRIVAL : connection.clock();
                begin(decoder, used, taken == null ? 0 : arrived - taken);
            }
            boolean own = used != CaptureClock.ARRIVAL;
            CaptureClock said = own && taken == null ? null : used;
            long time = own && taken != null ? taken : arrived;
            for (LiveImage image : decoder.images(packet, time, said)) {
                send(image, target);
            }
        }
    }

    private void begin(LiveDecoder decoder, CaptureClock used, long behindNanos) {
        if (used != clock) {
            clock = used;
            streams++;
        }
        out.println("Connected to " + address + ": " + decoder.description() + "; time by " + used);
        if (Math.abs(behindNanos) > OTHER_CLOCK_NANOS) {
            out.println(
                    "The camera's clock is "
                            + DurationText.of(Duration.ofNanos(Math.abs(behindNanos)))
                            + " "
                            + (behindNanos > 0 ? "behind" : "ahead of")
                            + " this machine's: set it (NTP), or frames have wrong times and those"
                            + " far ahead are BAD_CLOCK");
        }
        out.flush();
    }

    private void send(LiveImage image, Target target) throws Exception {
        if (image.clock() == null) {
            untimed++;
            return;
        }
        byte[] frame =
                FrameEncoder.encode(
                        cameraId,
                        image.captureNanos(),
                        sent,
                        image.encoded(),
                        null,
                        run + "-" + streams);
        if (!target.send(frame, image.encoded())) {
            tooLarge++;
            return;
        }
        firstNanos = sent == 0 ? image.captureNanos() : firstNanos;
        lastNanos = image.captureNanos();
        sent++;
    }

    /** Frames that were left out since the target does not take their size. */
    long tooLarge() {
        return tooLarge;
    }

    /** What was done, in one line. */
    String summary() {
        return sent == 0
                ? "no frame of " + cameraId
                : sent
                        + (sent == 1 ? " frame of " : " frames of ")
                        + cameraId
                        + ", taken "
                        + Instant.ofEpochSecond(0, firstNanos)
                        + " to "
                        + Instant.ofEpochSecond(0, lastNanos)
                        + " by "
                        + clock
                        + leftOut();
    }

    private String leftOut() {
        String early =
                untimed == 0 ? "" : "; " + untimed + " before the camera told its time left out";
        String large = tooLarge == 0 ? "" : "; " + tooLarge + " too large for the topic left out";
        return early + large + (broken == 0 ? "" : "; " + broken + " broken packets left out");
    }
}
