package io.liftstream.job;

import static io.liftstream.job.LiftstreamOptions.*;
import static io.liftstream.job.OrderingOptions.*;
import static io.liftstream.job.ResultOptions.*;

import io.liftstream.image.Grey16Range;
import io.liftstream.input.InputSettings;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.SinkSettings;
import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.scale.SteadyScaleSettings;
import io.liftstream.model.catalogue.ModelCatalogue;
import io.liftstream.network.DepthModels;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.stream.BatchingSettings;
import io.liftstream.stream.CalibrationSettings;
import io.liftstream.stream.EstimateSettings;
import io.liftstream.stream.LiftSettings;
import io.liftstream.stream.SequencingSettings;
import io.liftstream.stream.SlotBounds;
import io.liftstream.wire.ResultFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * Turns a configuration of known keys and types into settings, or says all that is wrong with it.
 */
public final class JobSettingsReader {

    /** Longer ones overflow a count of nanoseconds. */
    private static final Duration MAX_DURATION = Duration.ofDays(36_500);

    private static final long LARGEST_BYTES = 1L << 30;

    private static final ReadPosition UNREADABLE = ReadPosition.parse("earliest");

    private final Configuration configuration;
    private final List<String> problems = new ArrayList<>();
    private final boolean live;

    private JobSettingsReader(Configuration configuration) {
        this.configuration = configuration;
        this.live = configuration.get(JOB_MODE) == JobMode.LIVE;
    }

    /**
     * {@return the settings of a configuration}
     *
     * @param configuration as loaded
     * @throws InvalidConfigurationException with every problem found
     */
    public static JobSettings read(Configuration configuration) {
        JobSettingsReader reader = new JobSettingsReader(configuration);
        reader.checkNumbers();
        reader.checkReplay();
        reader.checkModels();
        LiftingDefaultsReader lifting = new LiftingDefaultsReader(configuration, reader.problems);
        LiftingDefaults defaults = lifting.defaults();
        Map<String, LiftingDefaults> cameras = lifting.cameras(defaults);
        CameraGeometry geometry = lifting.geometry().ofTheJob();
        Map<String, CameraGeometry> cameraGeometry = lifting.geometry().ofCameras();
        reader.problems.addAll(new OptionContradictions(configuration).problems());
        InputSettings input = new InputSettingsReader(configuration, reader.problems).read();
        KafkaSettings kafka = reader.kafka();
        ReadPosition start = reader.position(SOURCE_START);
        ReadPosition end = reader.position(SOURCE_END);
        Map<String, String> flink = reader.below(FLINK_PREFIX);
        SinkSettings sink = reader.sink();
        if (!reader.problems.isEmpty()) {
            throw new InvalidConfigurationException(reader.problems);
        }
        return new JobSettings(
                configuration.get(JOB_NAME),
                configuration.get(JOB_MODE),
                kafka,
                configuration.get(TOPICS_FRAMES),
                configuration.get(TOPICS_DEPTH),
                configuration.get(TOPICS_REJECTED),
                configuration.getOptional(TOPICS_CALIBRATION).orElse(null),
                start,
                end,
                null,
                sink,
                reader.topology(
                        reader.estimate(input, defaults, cameras),
                        reader.lift(geometry, cameraGeometry)),
                flink);
    }

    private void checkNumbers() {
        for (ConfigOption<Duration> option :
                List.of(
                        ORDERING_MAX_OUT_OF_ORDERNESS,
                        ORDERING_FLUSH_AFTER,
                        ORDERING_MAX_CLOCK_SKEW,
                        ORDERING_POSITION_TTL,
                        LIVE_MAX_AGE,
                        BATCHING_LINGER,
                        SOURCE_IDLENESS,
                        SCALE_RANGE_TIME,
                        SCALE_REFERENCE_TIME,
                        INFERENCE_RUN_TIMEOUT,
                        SINK_RESTART_BUDGET)) {
            require(
                    configuration.get(option).compareTo(MAX_DURATION) <= 0,
                    option,
                    "at most " + OptionTypes.text(MAX_DURATION));
        }
        for (ConfigOption<Duration> option :
                List.of(SOURCE_IDLENESS, SCALE_RANGE_TIME, SCALE_REFERENCE_TIME)) {
            require(
                    configuration.get(option).compareTo(Duration.ofMillis(1)) >= 0,
                    option,
                    "more than 0 ms");
        }
        require(
                configuration.get(ORDERING_MAX_PENDING_FRAMES) >= 1,
                ORDERING_MAX_PENDING_FRAMES,
                "at least 1");
        require(
                configuration.getOptional(ORDERING_MAX_CAMERAS).orElse(1) >= 1,
                ORDERING_MAX_CAMERAS,
                "at least 1");
        for (ConfigOption<MemorySize> option :
                List.of(ORDERING_MAX_PENDING_BYTES_PER_SLOT, BATCHING_MAX_BYTES)) {
            require(bytesOr(option, 1) >= 1, option, "at least 1 byte");
        }
        double voxel = configuration.get(CLOUD_VOXEL);
        require(voxel == 0 || (voxel >= 0.001 && voxel <= 100), CLOUD_VOXEL, "0, or 0.001 to 100");
        require(configuration.get(BATCHING_MAX_FRAMES) >= 1, BATCHING_MAX_FRAMES, "at least 1");
        require(configuration.get(INFERENCE_THREADS) >= 0, INFERENCE_THREADS, "at least 0");
        require(configuration.get(INFERENCE_DEVICE) >= -1, INFERENCE_DEVICE, "-1 or a GPU index");
        require(configuration.get(IMAGE_MAX_PIXELS) >= 1, IMAGE_MAX_PIXELS, "at least 1");
        checkGrey16Range();
        for (ConfigOption<MemorySize> option :
                List.of(ORDERING_MAX_PENDING_BYTES, RESULT_MAX_BYTES)) {
            long bytes = configuration.get(option).getBytes();
            require(bytes >= 1 && bytes <= LARGEST_BYTES, option, "between 1 byte and 1 gb");
        }
        require(
                configuration.get(REJECTED_MAX_ORIGINAL_BYTES).getBytes() <= LARGEST_BYTES,
                REJECTED_MAX_ORIGINAL_BYTES,
                "at most 1 gb");
    }

    private void checkGrey16Range() {
        try {
            Grey16Range.parse(configuration.get(IMAGE_GREY16_RANGE));
        } catch (IllegalArgumentException e) {
            require(false, IMAGE_GREY16_RANGE, Grey16Range.RULE);
        }
    }

    private void checkReplay() {
        if (!live) {
            require(
                    configuration.contains(TOPICS_DEPTH)
                            && !configuration.get(TOPICS_DEPTH).equals(TOPICS_DEPTH.defaultValue()),
                    TOPICS_DEPTH,
                    "a topic of the replay's own, not the one that live jobs write");
            requireBound(SOURCE_START, ReplayBound.START);
            requireBound(SOURCE_END, ReplayBound.END);
            require(
                    !configuration.get(JOB_NAME).equals(JOB_NAME.defaultValue()),
                    JOB_NAME,
                    "a name of the replay's own: transactions and the consumer group go by it");
        }
    }

    private void requireBound(ConfigOption<String> option, ReplayBound bound) {
        require(bound.allows(configuration.get(option)), option, bound.remedy());
    }

    private void checkModels() {
        configuration
                .getOptional(MODELS_CATALOGUE)
                .ifPresent(
                        path ->
                                require(
                                        Files.isRegularFile(Path.of(path)),
                                        MODELS_CATALOGUE,
                                        "the path of a models.yaml"));
        if (configuration.getOptional(MODELS_CATALOGUE).isEmpty()) {
            requireCatalogued(MODEL_DEFAULT, configuration.get(MODEL_DEFAULT));
            configuration
                    .get(MODELS_ALLOWED)
                    .forEach(model -> requireCatalogued(MODELS_ALLOWED, model));
        }
        checkModelCount();
        requireAbsolute(MODELS_ALLOWED_ROOTS);
        requireAbsolute(PATHS_ALLOWED_ROOTS);
    }

    private void requireAbsolute(ConfigOption<List<String>> roots) {
        for (String root : configuration.get(roots)) {
            require(Path.of(root).isAbsolute(), roots, "a list of absolute paths of folders");
        }
    }

    /** Models that are named stay open, and a file below a root needs a place beside them. */
    private void checkModelCount() {
        boolean roots = !configuration.get(MODELS_ALLOWED_ROOTS).isEmpty();
        int most = DepthModels.MAX_OPEN - (roots ? 2 : 1);
        long named =
                configuration.get(MODELS_ALLOWED).stream()
                        .filter(model -> !model.equals(configuration.get(MODEL_DEFAULT)))
                        .distinct()
                        .count();
        require(
                named <= most,
                MODELS_ALLOWED,
                "at most "
                        + most
                        + " models besides model.default"
                        + (roots ? ", as models.allowed-roots is set" : "")
                        + ": all stay open");
    }

    /** A bare name must be the bundled catalogue's; paths and addresses speak for themselves. */
    private void requireCatalogued(ConfigOption<?> option, String model) {
        boolean bareName = !model.contains("/") && !model.contains(".");
        if (bareName && ModelCatalogue.bundled().find(model).isEmpty()) {
            problems.add(
                    "option "
                            + option.key()
                            + " is "
                            + model
                            + ": there is no model of this name; "
                            + ModelCatalogue.bundled().choices(model));
        }
    }

    private KafkaSettings kafka() {
        String servers = configuration.getOptional(KAFKA_BOOTSTRAP_SERVERS).orElse("");
        if (servers.isBlank()) {
            problems.add("option kafka.bootstrap-servers is missing: name the brokers, host:port");
        }
        return new KafkaSettings(
                servers,
                configuration.getOptional(KAFKA_GROUP_ID).orElse(configuration.get(JOB_NAME)),
                below(KAFKA_PROPERTIES_PREFIX));
    }

    private ReadPosition position(ConfigOption<String> option) {
        try {
            return ReadPosition.parse(configuration.get(option));
        } catch (IllegalArgumentException e) {
            problems.add("option " + option.key() + ": " + e.getMessage());
            return UNREADABLE;
        }
    }

    private SinkSettings sink() {
        DeliveryGuarantee guarantee =
                configuration
                        .getOptional(SINK_DELIVERY_GUARANTEE)
                        .orElse(
                                live
                                        ? DeliveryGuarantee.AT_LEAST_ONCE
                                        : DeliveryGuarantee.EXACTLY_ONCE);
        require(
                guarantee != DeliveryGuarantee.NONE,
                SINK_DELIVERY_GUARANTEE,
                "at-least-once or exactly-once");
        Duration timeout = configuration.get(SINK_TRANSACTION_TIMEOUT);
        require(
                timeout.compareTo(Duration.ZERO) > 0 && timeout.compareTo(MAX_DURATION) <= 0,
                SINK_TRANSACTION_TIMEOUT,
                "more than 0 ms and at most " + OptionTypes.text(MAX_DURATION));
        return new SinkSettings(
                guarantee,
                configuration.get(JOB_NAME),
                timeout,
                configuration.get(SINK_RESTART_BUDGET),
                bytes(RESULT_MAX_BYTES),
                bytes(REJECTED_MAX_ORIGINAL_BYTES));
    }

    private TopologySettings topology(EstimateSettings estimate, LiftSettings lift) {
        SequencingSettings sequencing =
                new SequencingSettings(
                        configuration.get(ORDERING_MAX_OUT_OF_ORDERNESS).toNanos(),
                        configuration.get(ORDERING_TRUST_SEQUENCE),
                        live ? configuration.get(ORDERING_FLUSH_AFTER).toMillis() : 0,
                        configuration.get(ORDERING_MAX_PENDING_FRAMES),
                        configuration.get(ORDERING_MAX_PENDING_BYTES).getBytes(),
                        live ? configuration.get(ORDERING_POSITION_TTL).toMillis() : 0);
        BatchingSettings batching =
                new BatchingSettings(
                        configuration.get(BATCHING_MAX_FRAMES),
                        bytesOr(BATCHING_MAX_BYTES, BatchingSettings.BY_HEAP),
                        configuration.get(BATCHING_LINGER).toMillis());
        return new TopologySettings(
                configuration.get(ORDERING_MAX_CLOCK_SKEW).toMillis(),
                configuration.get(SOURCE_IDLENESS),
                sequencing,
                new SlotBounds(
                        bytesOr(ORDERING_MAX_PENDING_BYTES_PER_SLOT, SlotBounds.BY_HEAP),
                        configuration.getOptional(ORDERING_MAX_CAMERAS).orElse(SlotBounds.BY_HEAP)),
                live ? configuration.get(LIVE_MAX_AGE).toMillis() : 0,
                batching,
                estimate,
                lift,
                bytes(REJECTED_MAX_ORIGINAL_BYTES));
    }

    private LiftSettings lift(CameraGeometry geometry, Map<String, CameraGeometry> cameraGeometry) {
        return new LiftSettings(
                resultFormat(),
                geometry,
                cameraGeometry,
                new SteadyScaleSettings(seconds(SCALE_RANGE_TIME), seconds(SCALE_REFERENCE_TIME)),
                new CalibrationSettings(
                        configuration.get(ORDERING_MAX_CLOCK_SKEW).toMillis(),
                        configuration.get(CALIBRATION_HINDSIGHT)),
                live ? configuration.get(ORDERING_POSITION_TTL).toMillis() : 0);
    }

    private ResultFormat resultFormat() {
        return new ResultFormat(
                configuration.get(RESULT_DEPTH_MAP),
                configuration.get(RESULT_DEPTH_IMAGE),
                configuration.get(RESULT_DEPTH),
                configuration.get(RESULT_CLOUD),
                configuration.get(CLOUD_VOXEL),
                bytes(RESULT_MAX_BYTES));
    }

    private double seconds(ConfigOption<Duration> option) {
        return configuration.get(option).toMillis() / 1e3;
    }

    private long bytesOr(ConfigOption<MemorySize> option, long byHeap) {
        return configuration.getOptional(option).map(MemorySize::getBytes).orElse(byHeap);
    }

    private EstimateSettings estimate(
            InputSettings input, LiftingDefaults defaults, Map<String, LiftingDefaults> cameras) {
        int device = configuration.get(INFERENCE_DEVICE);
        return new EstimateSettings(
                input,
                configuration.getOptional(MODELS_CATALOGUE).orElse(null),
                configuration.get(MODEL_DEFAULT),
                List.copyOf(configuration.get(MODELS_ALLOWED)),
                List.copyOf(configuration.get(MODELS_ALLOWED_ROOTS)),
                List.copyOf(configuration.get(PATHS_ALLOWED_ROOTS)),
                new ExecutionSettings(
                        configuration.get(INFERENCE_PROVIDER),
                        Math.max(device, 0),
                        configuration.get(INFERENCE_THREADS),
                        configuration.get(INFERENCE_GPU_MEMORY).getBytes(),
                        configuration.get(BATCHING_MAX_FRAMES),
                        configuration.get(INFERENCE_RUN_TIMEOUT).toMillis(),
                        false),
                device < 0,
                configuration.get(IMAGE_MAX_PIXELS),
                Grey16Range.parse(configuration.get(IMAGE_GREY16_RANGE)),
                defaults,
                cameras,
                configuration.get(RESULT_SIZE),
                resultFormat());
    }

    private int bytes(ConfigOption<MemorySize> option) {
        return (int) configuration.get(option).getBytes();
    }

    private Map<String, String> below(String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, String> option : configuration.toMap().entrySet()) {
            if (option.getKey().startsWith(prefix)) {
                found.put(option.getKey().substring(prefix.length()), option.getValue());
            }
        }
        return found;
    }

    private void require(boolean right, ConfigOption<?> option, String remedy) {
        if (!right) {
            Object value =
                    configuration.getOptional(option).map(OptionTypes::text).orElse("missing");
            problems.add("option " + option.key() + " is " + value + ": it must be " + remedy);
        }
    }
}
