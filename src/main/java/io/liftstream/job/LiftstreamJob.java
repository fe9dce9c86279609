package io.liftstream.job;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.ReceivedFrame;
import io.liftstream.kafka.CalibrationTopic;
import io.liftstream.kafka.KafkaConnectors;
import io.liftstream.kafka.LiveTiming;
import io.liftstream.wire.EncodedResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job: {@code LiftstreamJob [CONFIG.yaml] [--key value ...]}. Everything that can be checked is
 * checked before Flink is given the graph.
 */
public final class LiftstreamJob {
    private static final Logger LOG = LoggerFactory.getLogger(LiftstreamJob.class);

    /** Where neither the job nor the cluster names one. */
    private static final long CHECKPOINT_INTERVAL_MILLIS = 10_000;

    /**
     * Fixed for ever by a job's first savepoint. Flink's 128 would bound every job that is started
     * on one machine to so many slots, and share few cameras out unevenly.
     */
    public static final int MAX_PARALLELISM = 4096;

    /**
     * A checkpoint that fails costs nothing where nothing waits for it; a restart costs seconds. A
     * transaction waits, so exactly-once tolerates none.
     */
    private static final int TOLERABLE_FAILED_CHECKPOINTS = 6;

    private LiftstreamJob() {}

    /**
     * Submits the job to the Flink that runs this method.
     *
     * @param args a configuration's file name, if any, then {@code --key value} overrides
     * @throws InvalidConfigurationException with every problem found
     * @throws Exception where Flink refuses the job, or the job fails
     */
    public static void main(String[] args) throws Exception {
        JobSettings settings = JobSettingsReader.read(configuration(Arrays.asList(args)));
        StreamExecutionEnvironment env = environment(settings);
        JobPreflight.require(env, settings);
        define(env, settings);
        startLines(settings).forEach(System.out::println);
        env.execute(settings.name());
    }

    /** What whoever submits the job reads; a cluster's job prints no further lines there. */
    static List<String> startLines(JobSettings settings) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s (%s) reads %s and writes %s and %s, %s, on %s.",
                        settings.name(),
                        settings.mode().name().toLowerCase(Locale.ROOT),
                        settings.framesTopic(),
                        settings.depthTopic(),
                        settings.rejectedTopic(),
                        settings.sink().guarantee(),
                        settings.kafka().bootstrapServers()),
                String.format(
                        Locale.ROOT,
                        "Flink's web UI shows its state and metrics; liftstream rejected"
                                + " --bootstrap-servers %s --topic %s counts the frames without a"
                                + " result by reason.",
                        settings.kafka().bootstrapServers(),
                        settings.rejectedTopic()));
    }

    /**
     * {@return an environment of the Flink that runs this method, or of one inside this process
     * where there is none}
     *
     * @param settings of the job
     * @throws InvalidConfigurationException where Flink refuses one of its options
     */
    public static StreamExecutionEnvironment environment(JobSettings settings) {
        StreamExecutionEnvironment env;
        try {
            env = StreamExecutionEnvironment.getExecutionEnvironment(flinkConfiguration(settings));
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationException(List.of(refused(settings, e)));
        }
        if (!env.getCheckpointConfig().isCheckpointingEnabled()) {
            env.enableCheckpointing(CHECKPOINT_INTERVAL_MILLIS);
        }
        return env;
    }

    /** Flink quotes the key, without the prefix that the operator wrote. */
    private static String refused(JobSettings settings, IllegalArgumentException refusal) {
        String said = String.valueOf(refusal.getMessage());
        return settings.flink().keySet().stream()
                .filter(key -> said.contains("'" + key + "'"))
                .map(key -> LiftstreamOptions.FLINK_PREFIX + key)
                .findFirst()
                .map(key -> "option " + key + " has a value that Flink cannot read")
                .orElse("an option below flink.: " + said);
    }

    private static Configuration configuration(List<String> words) {
        boolean hasFile = !words.isEmpty() && !words.get(0).startsWith("--");
        return ConfigurationLoader.load(
                hasFile ? Path.of(words.get(0)) : null,
                words.subList(hasFile ? 1 : 0, words.size()));
    }

    /**
     * Adds the job to an environment.
     *
     * @param env the environment, which {@link JobPreflight} has checked
     * @param settings of the job
     */
    public static void define(StreamExecutionEnvironment env, JobSettings settings) {
        KafkaConnectors kafka =
                new KafkaConnectors(
                        settings.kafka(), settings.name(), settings.topology().estimate().input());
        Source<ReceivedFrame, ?, ?> frames = frames(kafka, settings);
        Sink<EncodedResult> results = kafka.results(settings.depthTopic(), settings.sink());
        Sink<FrameRejection> rejections =
                kafka.rejections(settings.rejectedTopic(), settings.sink());
        DepthTopology.define(
                env,
                frames,
                calibrations(kafka, settings),
                results,
                rejections,
                settings.topology());
        LOG.info(
                "{} ({}) reads {}, writes {} and {}",
                settings.name(),
                settings.mode(),
                settings.framesTopic(),
                settings.depthTopic(),
                settings.rejectedTopic());
    }

    private static Source<ReceivedFrame, ?, ?> frames(KafkaConnectors kafka, JobSettings settings) {
        if (settings.mode() == JobMode.LIVE) {
            return kafka.liveFrames(settings.framesTopic(), settings.start(), timing(settings));
        }
        return settings.listed() == null
                ? kafka.recordedFrames(settings.framesTopic(), settings.start(), settings.end())
                : kafka.listedFrames(settings.listed());
    }

    /** What a replay knows in hindsight is fixed here, whatever restarts follow. */
    private static CalibrationInputs calibrations(KafkaConnectors kafka, JobSettings settings) {
        String topic = settings.calibrationTopic();
        if (topic == null) {
            return null;
        }
        CalibrationTopic feed =
                settings.topology().lift().calibrations().hindsight()
                        ? CalibrationTopic.asOfNow(settings.kafka(), topic)
                        : new CalibrationTopic(settings.kafka(), topic, CalibrationTopic.NO_END);
        return new CalibrationInputs(
                kafka.calibrations(topic, settings.mode() == JobMode.REPLAY), feed);
    }

    /** Older frames would be shed one by one. The time is fixed here, whatever restarts follow. */
    private static LiveTiming timing(JobSettings settings) {
        long maxAgeMillis = settings.topology().maxAgeMillis();
        Instant firstStart = maxAgeMillis == 0 ? null : Instant.now().minusMillis(maxAgeMillis);
        return new LiveTiming(firstStart, settings.topology().sequencing().longestWait());
    }

    /**
     * {@return what Flink must be told for this job, under the operator's own {@code flink.}
     * options}
     *
     * @param settings of the job
     */
    public static Configuration flinkConfiguration(JobSettings settings) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        flink.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        flink.set(
                CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
                settings.sink().guarantee() == DeliveryGuarantee.EXACTLY_ONCE
                        ? 0
                        : TOLERABLE_FAILED_CHECKPOINTS);
        if (settings.mode() == JobMode.REPLAY) {
            // What is pending at the end may take longer to lift than a checkpoint may.
            flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        }
        flink.addAll(Configuration.fromMap(settings.flink()));
        return flink;
    }
}
