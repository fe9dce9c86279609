package io.liftstream.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/**
 * Options of putting frames in order, of shedding and of batching; see {@link LiftstreamOptions}.
 */
public final class OrderingOptions {

    /** How far a camera's frames may be out of order, in capture time. */
    public static final ConfigOption<Duration> ORDERING_MAX_OUT_OF_ORDERNESS =
            key("ordering.max-out-of-orderness")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription(
                            "A frame is released when its camera has sent one that is newer by this much. Older ones are"
                                    + " LATE.");

    /** Whether a frame that comes next by its sequence waits for none before it. */
    public static final ConfigOption<Boolean> ORDERING_TRUST_SEQUENCE =
            key("ordering.trust-sequence")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "A frame whose sequence is one more than that of the last released frame is released at once."
                                    + " A camera of which a frame then comes with a lower sequence waits as without, until"
                                    + " it starts anew.");

    /** The longest that a frame waits for order by the wall clock; 0 for ever. */
    public static final ConfigOption<Duration> ORDERING_FLUSH_AFTER =
            key("ordering.flush-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "Live: a frame leaves so long after its arrival at the latest, whether its camera fell silent"
                                    + " or its clock stands still. 0 s: no limit. Replay has none.");

    /** How far a capture time may be ahead of the broker's clock; 0 for any. */
    public static final ConfigOption<Duration> ORDERING_MAX_CLOCK_SKEW =
            key("ordering.max-clock-skew")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "A frame captured further ahead of the broker's clock is BAD_CLOCK. Needs LogAppendTime on the"
                                    + " frames topic. 0 s: no guard.");

    /** The most frames of one camera that wait for order. */
    public static final ConfigOption<Integer> ORDERING_MAX_PENDING_FRAMES =
            key("ordering.max-pending-frames")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "Frames of one camera that may wait for order; the oldest goes early when more come.");

    /** The most bytes of one camera that wait for order. */
    public static final ConfigOption<MemorySize> ORDERING_MAX_PENDING_BYTES =
            key("ordering.max-pending-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Bytes of one camera that may wait for order; the oldest goes early when more come.");

    /** The most bytes of all cameras of one slot that wait for order. */
    public static final ConfigOption<MemorySize> ORDERING_MAX_PENDING_BYTES_PER_SLOT =
            key("ordering.max-pending-bytes-per-slot")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Bytes of all cameras of one slot that may wait for order; the fullest cameras' frames go early"
                                    + " when more come. Default: a quarter of the slot's share of the task manager's heap.");

    /** The most cameras that one slot knows. */
    public static final ConfigOption<Integer> ORDERING_MAX_CAMERAS =
            key("ordering.max-cameras")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Cameras that one slot may know; frames of others are TOO_MANY_CAMERAS. Default: one for each"
                                    + " 80 kb of the slot's share of the task manager's heap.");

    /** Silence of a camera after which it is forgotten; 0 for never. */
    public static final ConfigOption<Duration> ORDERING_POSITION_TTL =
            key("ordering.position-ttl")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "Live: the position of a camera silent for so long is forgotten. Longer than the frames topic's"
                                    + " retention. 0 s: never. Replay never forgets.");

    /** Age on the topic from which a frame is shed; 0 for never. */
    public static final ConfigOption<Duration> LIVE_MAX_AGE =
            key("live.max-age")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "Live: a frame that has been on the topic for longer when its turn comes is SHED, and then,"
                                    + " until none had to be for 10 s, all that are older than 1 s, so that results show"
                                    + " the present; the cameras take turns. 0 s: never.");

    /** The most frames that are lifted together. */
    public static final ConfigOption<Integer> BATCHING_MAX_FRAMES =
            key("batching.max-frames")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Frames that are lifted together at most. 1: no batching. Results do not depend on it on a CPU.");

    /** The most memory that the frames of one batch take. */
    public static final ConfigOption<MemorySize> BATCHING_MAX_BYTES =
            key("batching.max-bytes")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Memory that the frames of one batch may take while they are lifted, told from their images'"
                                    + " headers: 27 bytes a pixel (3 where result.size: network makes the result small). A larger"
                                    + " image is IMAGE_TOO_LARGE; one that is named by a path is lifted alone. Default: three"
                                    + " eighths of the slot's share of the task manager's heap.");

    /** The longest that a batch waits for more frames. */
    public static final ConfigOption<Duration> BATCHING_LINGER =
            key("batching.linger")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription("How long a batch waits for more frames.");

    private OrderingOptions() {}
}
