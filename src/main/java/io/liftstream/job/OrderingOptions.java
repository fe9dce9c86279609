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
                            "A frame is released when its camera has sent a frame that is newer by this much. Frames"
                                    + " that arrive further behind are LATE.");

    /** Whether a frame that comes next by its sequence waits for none before it. */
    public static final ConfigOption<Boolean> ORDERING_TRUST_SEQUENCE =
            key("ordering.trust-sequence")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Release a frame at once if its sequence is one more than that of the last released"
                                    + " frame. If a camera then sends a lower sequence, its frames wait as with false, until"
                                    + " the camera restarts.");

    /** The longest that a frame waits for order by the wall clock; 0 for ever. */
    public static final ConfigOption<Duration> ORDERING_FLUSH_AFTER =
            key("ordering.flush-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "Live: maximum time that a frame waits for order, even if its camera falls silent or its"
                                    + " clock stops. 0 s: no limit. Replay has no limit.");

    /** How far a capture time may be ahead of the broker's clock; 0 for any. */
    public static final ConfigOption<Duration> ORDERING_MAX_CLOCK_SKEW =
            key("ordering.max-clock-skew")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "A frame captured further ahead of the broker's clock is BAD_CLOCK. Needs LogAppendTime"
                                    + " on the frames topic. 0 s: not checked.");

    /** The most frames of one camera that wait for order. */
    public static final ConfigOption<Integer> ORDERING_MAX_PENDING_FRAMES =
            key("ordering.max-pending-frames")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "Maximum number of frames of one camera that wait for order; beyond it the oldest is"
                                    + " released early.");

    /** The most bytes of one camera that wait for order. */
    public static final ConfigOption<MemorySize> ORDERING_MAX_PENDING_BYTES =
            key("ordering.max-pending-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Maximum bytes of one camera's frames that wait for order; beyond it the oldest is"
                                    + " released early.");

    /** The most bytes of all cameras of one slot that wait for order. */
    public static final ConfigOption<MemorySize> ORDERING_MAX_PENDING_BYTES_PER_SLOT =
            key("ordering.max-pending-bytes-per-slot")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Maximum bytes of all frames of one slot that wait for order; beyond it the cameras with"
                                    + " the most bytes release frames early. Default: a quarter of the slot's share of the task"
                                    + " manager's heap.");

    /** The most cameras that one slot knows. */
    public static final ConfigOption<Integer> ORDERING_MAX_CAMERAS =
            key("ordering.max-cameras")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Maximum number of cameras of one slot; frames of further cameras are TOO_MANY_CAMERAS."
                                    + " Default: one for each 80 kb of the slot's share of the task manager's heap.");

    /** Silence of a camera after which it is forgotten; 0 for never. */
    public static final ConfigOption<Duration> ORDERING_POSITION_TTL =
            key("ordering.position-ttl")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "Live: the position of a camera that is silent for this long is removed. Must be longer"
                                    + " than the frames topic's retention. 0 s: never. Replay never forgets.");

    /** Age on the topic from which a frame is shed; 0 for never. */
    public static final ConfigOption<Duration> LIVE_MAX_AGE =
            key("live.max-age")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "Live: a frame that has been on the topic for longer is SHED when its turn comes. From"
                                    + " then on all frames that waited for more than 1 s to be read are shed, so that results"
                                    + " stay current, until none had to be shed for 10 s; the cameras take turns. Frames that"
                                    + " waited for more than 2 s are also shed if their camera had more than one and a half"
                                    + " times its even share. 0 s: never.");

    /** The most frames that are lifted together. */
    public static final ConfigOption<Integer> BATCHING_MAX_FRAMES =
            key("batching.max-frames")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Maximum number of frames in a batch. 1: no batching. On a CPU, results do not depend on"
                                    + " it. On a GPU, every run of a network has as many images, blank ones where frames are"
                                    + " missing: runs of different sizes are slow, and results would depend on them.");

    /** The most memory that the frames of one batch take. */
    public static final ConfigOption<MemorySize> BATCHING_MAX_BYTES =
            key("batching.max-bytes")
                    .memoryType()
                    .noDefaultValue()
                    .withDescription(
                            "Maximum memory of a batch while it is lifted, estimated from the images' headers: 27"
                                    + " bytes a pixel (3 if result.size: network makes the result smaller). A larger image is"
                                    + " IMAGE_TOO_LARGE; an image named by a path is lifted alone. Not counted: meshes, and"
                                    + " the 84 bytes a point that cloud.voxel takes at most. Default: three eighths of"
                                    + " the slot's share of the task manager's heap.");

    /** The longest that a batch waits for more frames. */
    public static final ConfigOption<Duration> BATCHING_LINGER =
            key("batching.linger")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription("Maximum time that a batch waits for more frames.");

    private OrderingOptions() {}
}
