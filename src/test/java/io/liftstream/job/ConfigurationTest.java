package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liftstream.frame.DepthMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @TempDir Path folder;

    @Test
    void brokersAloneMakeALiveJobWithDefaults() {
        JobSettings settings = read();

        assertThat(settings.mode()).isEqualTo(JobMode.LIVE);
        assertThat(settings.sink().guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
        assertThat(settings.topology().sequencing().flushAfterMillis()).isEqualTo(5000);
        assertThat(settings.topology().maxAgeMillis()).isEqualTo(30_000);
    }

    @Test
    void aReplayNeitherFlushesNorShedsNorForgetsAndIsExactlyOnce() {
        JobSettings settings = replay();

        assertThat(settings.topology().sequencing().flushAfterMillis()).isZero();
        assertThat(settings.topology().sequencing().positionTtlMillis()).isZero();
        assertThat(settings.topology().maxAgeMillis()).isZero();
        assertThat(settings.sink().guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    }

    private static JobSettings replay() {
        return read(
                "--job.mode", "replay",
                "--job.name", "again",
                "--source.start", "earliest",
                "--topics.depth", "replayed");
    }

    @Test
    void wordsWinOverTheFile() throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(
                file,
                "kafka:\n  bootstrap-servers: a:1\nbatching.max-frames: 2\njob:\n  name: file\n");

        JobSettings settings =
                JobSettingsReader.read(ConfigurationLoader.load(file, List.of("--job.name=words")));

        assertThat(settings.name()).isEqualTo("words");
        assertThat(settings.topology().batching().maxFrames()).isEqualTo(2);
    }

    @Test
    void listsOfTheFileAreRead() throws IOException {
        Path file = folder.resolve("job.yaml");
        Files.writeString(
                file, "kafka.bootstrap-servers: a:1\nmodels:\n  allowed: [one.onnx, two.onnx]\n");

        JobSettings settings = JobSettingsReader.read(ConfigurationLoader.load(file, List.of()));

        assertThat(settings.topology().estimate().allowedModels())
                .containsExactly("one.onnx", "two.onnx");
    }

    @Test
    void aCameraOverridesTheJobFieldByField() {
        JobSettings settings =
                read(
                        "--lifting.fx", "500",
                        "--lifting.fy", "501",
                        "--cameras.dock.3.fx", "910.5",
                        "--cameras.dock.3.depth-mapping", "linear");

        var camera = settings.topology().estimate().cameraDefaults().get("dock.3").config();
        assertThat(camera.fx()).isEqualTo(910.5);
        assertThat(camera.fy()).isNull();
        assertThat(camera.depthMapping()).isEqualTo(DepthMapping.LINEAR);
        assertThat(settings.topology().estimate().defaults().config().fy()).isEqualTo(501);
    }

    @Test
    void unknownKeysAreRefusedWithTheNearestKnownOne() {
        assertThatThrownBy(() -> read("--batchin.max-frame", "2"))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "batchin.max-frame is not known: did you mean batching.max-frames?");
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        InvalidConfigurationException refused =
                catchThrowableOfType(
                        InvalidConfigurationException.class,
                        () ->
                                JobSettingsReader.read(
                                        ConfigurationLoader.load(
                                                null,
                                                List.of(
                                                        "--batching.max-frames", "0",
                                                        "--lifting.fx", "-3",
                                                        "--source.start", "yesterday",
                                                        "--topics.depth", "liftstream.frames",
                                                        "--cameras.a.fx", "500",
                                                        "--cameras.a.near", "20"))));

        assertThat(refused.problems())
                .hasSize(6)
                .anyMatch(line -> line.contains("kafka.bootstrap-servers is missing"))
                .anyMatch(line -> line.contains("batching.max-frames is 0: it must be at least 1"))
                .anyMatch(line -> line.contains("fx is -3"))
                .anyMatch(line -> line.contains("yesterday is not a position"))
                .anyMatch(line -> line.contains("topics.depth are both liftstream.frames"))
                .anyMatch(line -> line.contains("cameras.a") && line.contains("near"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--batching.max-frames | many      | a whole number",
                "--job.mode            | sometimes | live, replay",
                "--batching.linger     | soon      | a duration",
                "--result.max-bytes    | huge      | a size",
                "--lifting.fx          | wide      | a number",
                "--cameras.a.fx        | wide      | a number",
                "--sink.delivery-guarantee | none  | at-least-once or exactly-once",
                "--cameras.a.fz        | 3         | cameras.<camera id>.<name>",
                "--lifting.range-lo    | 3         | range-lo and range-hi must be set together",
                "--paths.allowed-roots | relative  | absolute paths",
                "--models.allowed-roots | relative | absolute paths",
                "--image.max-pixels    | 0         | at least 1",
                "--image.grey16-range  | 9:9       | auto or LO:HI with 0 <= LO < HI <= 65535",
                "--model.default       | tinny     | there is no model of this name; give a model file"
            })
    void aWrongValueIsNamedWithWhatWouldBeRight(String key, String value, String remedy) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(remedy);
    }

    @Test
    void noMoreModelsAreNamedThanCanBeOpenAtATime() {
        String fifteen = models(15) + ";liftstream-tiny;model-1.onnx";
        String[] roots = {"--models.allowed", models(15), "--models.allowed-roots", "/models"};

        assertThat(read("--models.allowed", fifteen).topology().estimate().allowedModels())
                .hasSize(17);
        assertThatThrownBy(() -> read("--models.allowed", models(16)))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("models.allowed is [model-1.onnx, ")
                .hasMessageContaining("it must be at most 15 models besides model.default");
        assertThatThrownBy(() -> read(roots))
                .hasMessageContaining("at most 14 models")
                .hasMessageContaining("as models.allowed-roots is set");
    }

    private static String models(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> "model-" + number + ".onnx")
                .collect(Collectors.joining(";"));
    }

    @Test
    void aReplayMayNotWriteTheLiveTopic() {
        assertThatThrownBy(() -> read("--job.mode", "replay"))
                .hasMessageContaining("topics.depth is missing")
                .hasMessageContaining("a topic of the replay's own");
    }

    @Test
    void aTransactionTimeoutShorterThanRecoveryIsRefused() {
        JobSettings settings =
                read(
                        "--sink.delivery-guarantee", "exactly-once",
                        "--sink.transaction-timeout", "1 min");

        assertThat(transactionProblems(settings))
                .contains("sink.transaction-timeout")
                .contains("at least 1450 s")
                .contains("execution.checkpointing.interval (10 s)")
                .contains("execution.checkpointing.timeout (10 min)")
                .contains("sink.restart-budget (2 min)");
    }

    @Test
    void aTransactionMustOutliveTheCheckpointInterval() {
        JobSettings settings =
                read(
                        "--sink.delivery-guarantee", "exactly-once",
                        "--sink.transaction-timeout", "9 s",
                        "--sink.restart-budget", "1 s",
                        "--flink.execution.checkpointing.timeout", "3 s",
                        "--flink.execution.checkpointing.interval", "40 s",
                        "--flink.execution.checkpointing.min-pause", "5 s");

        assertThat(transactionProblems(settings))
                .contains("sink.transaction-timeout is 9 s: it must be at least 53 s");
    }

    @Test
    void eachFailedCheckpointThatIsToleratedLengthensTheTransactions() {
        JobSettings settings =
                read(
                        "--sink.delivery-guarantee", "exactly-once",
                        "--flink.execution.checkpointing.timeout", "1 min",
                        "--flink.execution.checkpointing.interval", "1 min",
                        "--flink.execution.checkpointing.tolerable-failed-checkpoints", "6");

        assertThat(transactionProblems(settings))
                .contains("at least 19 min")
                .contains("each of the 6 execution.checkpointing.tolerable-failed");
    }

    @Test
    void failedCheckpointsAreToleratedWhereNoTransactionWaits() {
        String key = "execution.checkpointing.tolerable-failed-checkpoints";

        assertThat(LiftstreamJob.flinkConfiguration(read()).toMap()).containsEntry(key, "6");
        assertThat(
                        LiftstreamJob.flinkConfiguration(
                                        read("--sink.delivery-guarantee", "exactly-once"))
                                .toMap())
                .containsEntry(key, "0");
        assertThat(LiftstreamJob.flinkConfiguration(read("--flink." + key, "2")).toMap())
                .containsEntry(key, "2");
    }

    @Test
    void barriersOfAReplayOvertakeWhatIsPendingAtItsEnd() {
        String key = "execution.checkpointing.unaligned.enabled";

        assertThat(LiftstreamJob.flinkConfiguration(replay()).toMap()).containsEntry(key, "true");
        assertThat(LiftstreamJob.flinkConfiguration(read()).toMap()).doesNotContainKey(key);
    }

    @Test
    void theStateCanBeSharedOutOverManySlots() {
        assertThat(LiftstreamJob.flinkConfiguration(read()).toMap())
                .containsEntry("pipeline.max-parallelism", "4096");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--ordering.max-out-of-orderness 30s --live.max-age 30s | ordering.max-out-of-orderness is 30 s: it must be below live.max-age (30 s)",
                "--ordering.flush-after 60s | ordering.flush-after is 1 min: it must be below live.max-age (30 s)",
                "--ordering.flush-after 0s  | ordering.flush-after is 0 ms (never) and option live.max-age is 30 s",
                "--ordering.position-ttl 1s | ordering.position-ttl is 1 s: it must be at least ordering.flush-after (5 s)",
                "--ordering.flush-after 200000d | ordering.flush-after is 200000 d: it must be at most 36500 d",
                "--ordering.position-ttl 9999999999999d | ordering.position-ttl",
                "--kafka.properties.acks 1  | kafka.properties.acks is 1: it must be -1 or all",
                "--kafka.properties.enable.idempotence false | kafka.properties.enable.idempotence is false: it must be true",
                "--kafka.properties.max.request.size 1000 | kafka.properties.max.request.size is 1000: option result.max-bytes is 64 mb and needs at least 67112960",
                "--kafka.properties.group.id mine | kafka.properties.group.id is the job's own: use kafka.group-id",
                "--kafka.properties.transaction.timeout.ms 5 | use sink.transaction-timeout",
                "--kafka.properties.auto.offset.reset latest | use source.start",
                "--kafka.properties.isolation.level read_uncommitted | it must be read_committed"
            })
    void whatContradictsIsRefusedWithBothKeysAndValues(String words, String message) {
        assertThatThrownBy(() -> read(words.split(" ")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatShedsNothingMayWaitForLong() {
        assertThat(
                        read("--live.max-age", "0 s", "--ordering.flush-after", "10 min")
                                .topology()
                                .sequencing()
                                .flushAfterMillis())
                .isEqualTo(600_000);
    }

    @Test
    void aReplayMustNameItselfAndItsBeginning() {
        assertThatThrownBy(() -> read("--job.mode", "replay", "--topics.depth", "replayed"))
                .hasMessageContaining("option source.start is")
                .hasMessageContaining("option job.name is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"committed", "earliest"})
    void aReplayDoesNotEndWhereItWouldReadNothing(String end) {
        assertThatThrownBy(
                        () ->
                                read(
                                        "--job.mode", "replay",
                                        "--job.name", "again",
                                        "--topics.depth", "replayed",
                                        "--source.start", "earliest",
                                        "--source.end", end))
                .hasMessageContaining(
                        "option source.end is "
                                + end
                                + ": it must be latest, an instant or offsets; otherwise a replay reads"
                                + " nothing");
    }

    @Test
    void aCamerasValuesAreCheckedTogetherWithTheJobs() {
        assertThat(read("--lifting.far", "50", "--cameras.yard.near", "12").name())
                .isEqualTo("liftstream");
        assertThatThrownBy(() -> read("--lifting.near", "1", "--cameras.dock.depth-trunc", "0.8"))
                .hasMessageContaining("cameras.dock")
                .hasMessageContaining("near");
        assertThatThrownBy(() -> read("--cameras.dock 3.fx", "500"))
                .hasMessageContaining("names no camera");
    }

    @Test
    void secretsAreInNoMessage() {
        JobSettings settings = read("--kafka.properties.sasl.jaas.config", "hunter2");

        assertThat(settings.kafka().properties()).containsEntry("sasl.jaas.config", "hunter2");
        assertThat(settings.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b: password=\"hunter2\": x",
                "kafka:\n  properties:\n    sasl.jaas.config: x password=\"hunter2\": y",
                "password: @hunter2",
                "password: [hunter2",
                "password: \"hunter2",
                "password: !hunter2 x y: z",
                "hunter2: 1\nhunter2: 2: 3",
                "\thunter2: x",
                "- hunter2\n-hunter2: x: y"
            })
    void aYamlErrorShowsNoLineOfTheFile(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("job.yaml"), yaml);

        assertThatThrownBy(() -> ConfigurationLoader.load(file, List.of()))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("job.yaml is not")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=hunter2",
                "hunter2",
                "--kafka.properties.sasl.jaas.config a hunter2",
                "--topics.frames=a password=hunter2"
            })
    void aStrayWordIsNotShown(String words) {
        assertThatThrownBy(() -> ConfigurationLoader.load(null, List.of(words.split(" "))))
                .hasMessageContaining("is not an option: write --key value, and quote")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void noPictureNeedTravelWithARejection() {
        assertThat(read("--rejected.max-original-bytes", "0 b").topology().maxOriginalBytes())
                .isZero();
    }

    @Test
    void aFileThatIsNoMappingIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("job.yaml"), "- a\n- b\n");

        assertThatThrownBy(() -> ConfigurationLoader.load(file, List.of()))
                .hasMessageContaining("is not a YAML mapping");
        assertThatThrownBy(() -> ConfigurationLoader.load(folder.resolve("absent"), List.of()))
                .hasMessageContaining("cannot be read");
    }

    private static JobSettings read(String... words) {
        List<String> all = new ArrayList<>(List.of("--kafka.bootstrap-servers", "broker:9092"));
        all.addAll(List.of(words));
        return JobSettingsReader.read(ConfigurationLoader.load(null, all));
    }

    private static String transactionProblems(JobSettings settings) {
        return String.join(
                "\n",
                TransactionTimeouts.problems(LiftstreamJob.environment(settings), settings.sink()));
    }
}
