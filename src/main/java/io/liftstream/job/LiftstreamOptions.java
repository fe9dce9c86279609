package io.liftstream.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.liftstream.network.ExecutionProvider;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Every option of the job, with its type, default and meaning; {@code conf/README.md} is made from
 * this class and a test fails when the two differ. What results consist of is in {@link
 * ResultOptions}; what lies on the frames topic, in {@link InputOptions}; how frames are put in
 * order, shed and batched, in {@link OrderingOptions}; what cameras may have of their own, below
 * {@code lifting.}, in {@link LiftingOptions}.
 */
public final class LiftstreamOptions {

    /** Options below this prefix go to every Kafka client unchanged. */
    public static final String KAFKA_PROPERTIES_PREFIX = "kafka.properties.";

    /** Options below this prefix go to Flink unchanged. */
    public static final String FLINK_PREFIX = "flink.";

    /**
     * Options of one camera: {@code cameras.<camera id>.<name>}, names as below {@code lifting.}.
     */
    public static final String CAMERAS_PREFIX = "cameras.";

    /** What the job is called. */
    public static final ConfigOption<String> JOB_NAME =
            key("job.name")
                    .stringType()
                    .defaultValue("liftstream")
                    .withDescription(
                            "Name in Flink's UI, consumer group where none is set, and prefix of the sinks'"
                                    + " transactions. A second job of the same name on these brokers is refused (exactly-once)"
                                    + " or causes a warning (at-least-once).");

    /** Whether the job runs for ever or over a recording. */
    public static final ConfigOption<JobMode> JOB_MODE =
            key("job.mode")
                    .enumType(JobMode.class)
                    .defaultValue(JobMode.LIVE)
                    .withDescription(
                            "live: unbounded, may shed and flush frames. replay: bounded, never sheds or flushes.");

    /** The brokers to ask first. */
    public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS =
            key("kafka.bootstrap-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Brokers to ask first, host:port, separated by commas. Required.");

    /** The consumer group that shows progress. */
    public static final ConfigOption<String> KAFKA_GROUP_ID =
            key("kafka.group-id")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Consumer group whose committed offsets show progress. All frames before them have their"
                                    + " result or rejection, so live offsets lag the reading by ordering.max-out-of-orderness"
                                    + " plus three times ordering.flush-after. Default: job.name.");

    /** The topic that frames are read from. */
    public static final ConfigOption<String> TOPICS_FRAMES =
            key("topics.frames")
                    .stringType()
                    .defaultValue("liftstream.frames")
                    .withDescription(
                            "Topic of camera frames. Should have LogAppendTime, by which ages and clocks are checked.");

    /** The topic that results are written to. */
    public static final ConfigOption<String> TOPICS_DEPTH =
            key("topics.depth")
                    .stringType()
                    .defaultValue("liftstream.depth")
                    .withDescription(
                            "Topic of results. A replay needs its own topic, not a live job's.");

    /** The topic that rejections are written to. */
    public static final ConfigOption<String> TOPICS_REJECTED =
            key("topics.rejected")
                    .stringType()
                    .defaultValue("liftstream.rejected")
                    .withDescription("Topic of rejected frames, each with the reason.");

    /** The topic that calibrations are read from. */
    public static final ConfigOption<String> TOPICS_CALIBRATION =
            key("topics.calibration")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Topic of camera calibrations, such as liftstream.calibration: one partition,"
                                    + " LogAppendTime, unlimited retention. liftstream calibration publish creates it. Default:"
                                    + " none.");

    /** Whether a replay knows what live did not know yet. */
    public static final ConfigOption<Boolean> CALIBRATION_HINDSIGHT =
            key("calibration.hindsight")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Replay: true applies all calibrations that are on the topic at the start, also to frames"
                                    + " published before them. false uses for each frame only what was published before it, as"
                                    + " in live.");

    /** Where a job without a checkpoint begins to read, as {@code ReadPosition} has it. */
    public static final ConfigOption<String> SOURCE_START =
            key("source.start")
                    .stringType()
                    .defaultValue("committed")
                    .withDescription(
                            "Where a job without a checkpoint begins: committed (the group's offsets; on the first"
                                    + " start, live.max-age before the start, or earliest if live.max-age is 0 s), earliest,"
                                    + " latest, an ISO-8601 instant such as 2026-01-31T08:00:00Z (by broker time), or offsets"
                                    + " such as 0:1200,1:900 (partition:offset; every partition, none behind its end). If an offset is no longer on the topic, a"
                                    + " replay fails; a live job continues with the earliest and counts the missing frames.");

    /** Where a replay ends, exclusive, as {@code ReadPosition} has it. */
    public static final ConfigOption<String> SOURCE_END =
            key("source.end")
                    .stringType()
                    .defaultValue("latest")
                    .withDescription(
                            "Where a replay ends, exclusive: latest (what is on the topic at the start), an ISO-8601"
                                    + " instant, or offsets (every partition, none behind its end). A live job has no end.");

    /** Silence of a partition after which Flink's watermark goes on without it. */
    public static final ConfigOption<Duration> SOURCE_IDLENESS =
            key("source.idleness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "A partition without records for this long no longer holds back Flink's watermark, which"
                                    + " serves metrics and end of input only: each camera's own watermark orders its frames.");

    /** What readers of the results may rely on. */
    public static final ConfigOption<DeliveryGuarantee> SINK_DELIVERY_GUARANTEE =
            key("sink.delivery-guarantee")
                    .enumType(DeliveryGuarantee.class)
                    .noDefaultValue()
                    .withDescription(
                            "at-least-once (low latency; consumers drop repeats by the id header) or exactly-once (readers"
                                    + " use read_committed and wait for checkpoints). Default: at-least-once live,"
                                    + " exactly-once in replay.");

    /** The age at which the broker aborts a transaction; exactly-once only. */
    public static final ConfigOption<Duration> SINK_TRANSACTION_TIMEOUT =
            key("sink.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "The broker aborts transactions that are open for longer, which loses data. At least"
                                    + " Flink's checkpoint interval and min-pause plus twice the sum of its checkpoint timeout"
                                    + " and sink.restart-budget, at most the broker's transaction.max.timeout.ms. Exactly-once"
                                    + " only.");

    /** The longest restart that loses no transaction. */
    public static final ConfigOption<Duration> SINK_RESTART_BUDGET =
            key("sink.restart-budget")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(2))
                    .withDescription("Maximum duration of a restart that loses no transactions.");

    /** The model of frames that name none. */
    public static final ConfigOption<String> MODEL_DEFAULT =
            key("model.default")
                    .stringType()
                    .defaultValue("liftstream-tiny")
                    .withDescription(
                            "The model of frames that name none: a catalogue name, a path to an .onnx, .pth or .pt file, or"
                                    + " an HTTPS URL.");

    /** The file that names models; none for the bundled one. */
    public static final ConfigOption<String> MODELS_CATALOGUE =
            key("models.catalogue")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Path of a models.yaml. Default: the bundled catalogue.");

    /** Further models that frames may name. */
    public static final ConfigOption<List<String>> MODELS_ALLOWED =
            key("models.allowed")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Catalogue names that a frame may request besides model.default. All are opened before"
                                    + " the first frame. At most 15, or 14 if models.allowed-roots is set.");

    /** Folders below which frames may name models. */
    public static final ConfigOption<List<String>> MODELS_ALLOWED_ROOTS =
            key("models.allowed-roots")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Folders below which a frame may name .onnx files, links resolved. A network is code and"
                                    + " can allocate any amount of native memory, which nothing within the process limits:"
                                    + " limit the process (deploy/README.md), and name only folders whose files you trust."
                                    + " Default: none.");

    /** Folders below which frames may name images. */
    public static final ConfigOption<List<String>> PATHS_ALLOWED_ROOTS =
            key("paths.allowed-roots")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Folders below which a frame may name images, links resolved. Default: none.");

    /** What computes the networks' layers. */
    public static final ConfigOption<ExecutionProvider> INFERENCE_PROVIDER =
            key("inference.provider")
                    .enumType(ExecutionProvider.class)
                    .defaultValue(ExecutionProvider.AUTO)
                    .withDescription(
                            "auto (CUDA if the model runs on it, else CPU; only CUDA if Flink gives the slot a gpu), cuda,"
                                    + " tensorrt or cpu. With cuda and tensorrt the job fails at the start if they are"
                                    + " unavailable.");

    /** Index of the GPU, from 0; -1 spreads the slots over Flink's. */
    public static final ConfigOption<Integer> INFERENCE_DEVICE =
            key("inference.device")
                    .intType()
                    .defaultValue(-1)
                    .withDescription(
                            "GPU index. -1: that of Flink's external resource gpu that the fewest slots of the process use, else 0.");

    /** CPU threads of each session. */
    public static final ConfigOption<Integer> INFERENCE_THREADS =
            key("inference.threads")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "CPU threads of each session. Each slot has one session: slots times threads should equal"
                                    + " the number of cores.");

    /** The most GPU memory that one session takes. */
    public static final ConfigOption<MemorySize> INFERENCE_GPU_MEMORY =
            key("inference.gpu-memory")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(4096))
                    .withDescription(
                            "Maximum GPU memory of one session. On a GPU, a model has a session for each input"
                                    + " size, up to 4 in a slot.");

    /** The longest that one run of a network may take; 0 for any time. */
    public static final ConfigOption<Duration> INFERENCE_RUN_TIMEOUT =
            key("inference.run-timeout")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "Timeout of one run of a network over a batch. After it, the frames are run one by one,"
                                    + " and a frame that also times out is INFERENCE_FAILED. A model that a frame named by its"
                                    + " path is closed instead, and refused for 5 minutes. A run that has not"
                                    + " stopped after as long again, at least 10 s, ends the process. TensorRT builds its"
                                    + " engines in the first runs: allow minutes. 0 s: no timeout.");

    /** The largest image that is decoded, pixels. */
    public static final ConfigOption<Long> IMAGE_MAX_PIXELS =
            key("image.max-pixels")
                    .longType()
                    .defaultValue(50_000_000L)
                    .withDescription(
                            "Larger images are IMAGE_TOO_LARGE, by their header, before decoding. So are images that"
                                    + " need more memory than batching.max-bytes. An image whose float16 depth map (2 bytes a"
                                    + " pixel) exceeds result.max-bytes is RESULT_TOO_LARGE: 33 million pixels for 64 mb.");

    /** Time constant of the range of a steady scale. */
    public static final ConfigOption<Duration> SCALE_RANGE_TIME =
            key("scale.range-time")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(3))
                    .withDescription(
                            "With lifting.scale steady: time constant, in capture time, with which the range that"
                                    + " near and far stand for follows the scene.");

    /** Time constant of the remembered depth of a steady scale. */
    public static final ConfigOption<Duration> SCALE_REFERENCE_TIME =
            key("scale.reference-time")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "With lifting.scale steady: time constant, in capture time, with which the remembered"
                                    + " depth of still areas follows; six times as long where the depth has changed.");

    /** How 16-bit grey becomes 8 bits, as {@code Grey16Range} has it. */
    public static final ConfigOption<String> IMAGE_GREY16_RANGE =
            key("image.grey16-range")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription(
                            "Which values of 16-bit grey images (mono16, thermal) become black and white: auto (each"
                                    + " image's own darkest and brightest, 0.1 % of its pixels at each end left out) or LO:HI,"
                                    + " such as 20000:40000, the same for all, which keeps brightness constant in video; 0:255"
                                    + " clips as vizion3d does.");

    private LiftstreamOptions() {}

    /**
     * {@return all options, those of {@code lifting.} last, otherwise in the order of this file}
     */
    public static List<ConfigOption<?>> all() {
        return constants().<ConfigOption<?>>map(LiftstreamOptions::valueOf).toList();
    }

    /** The constant that declares an option. */
    @SuppressWarnings(
            "ReferenceEquality") // Options are equal where keys are; each constant is one.
    static Field constantOf(ConfigOption<?> option) {
        return constants()
                .filter(constant -> valueOf(constant) == option)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(option.key() + " is not declared here"));
    }

    private static Stream<Field> constants() {
        return Stream.of(
                        LiftstreamOptions.class,
                        ResultOptions.class,
                        InputOptions.class,
                        OrderingOptions.class,
                        LiftingOptions.class)
                .flatMap(options -> Stream.of(options.getDeclaredFields()))
                .filter(constant -> constant.getType() == ConfigOption.class);
    }

    private static ConfigOption<?> valueOf(Field constant) {
        try {
            return (ConfigOption<?>) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
