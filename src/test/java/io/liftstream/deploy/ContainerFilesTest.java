package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.cli.Launcher;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The image and what compose makes of it, as far as text can be compared: no Docker takes part.
 * What the files name (stages, sources, paths in the image, options, services, versions) has to
 * exist.
 */
class ContainerFilesTest {
    private static final String DOCKERFILE = "docker/Dockerfile";

    /** By {@code mvn package}, the dependency plugin and unpack-natives.sh. */
    private static final List<String> MADE_BY_THE_BUILD =
            List.of(
                    "target/classes",
                    "target/launcher-lib",
                    "target/liftstream-0.1.0.jar",
                    "target/natives/cpu/lib/",
                    "target/natives/cpu/onnxruntime",
                    "target/natives/cuda/lib/",
                    "target/natives/cuda/onnxruntime");

    private static final Pattern STAGE = Pattern.compile("(?m)^FROM \\S+ AS (\\S+)$");
    private static final Pattern COPIED =
            Pattern.compile("(?m)^COPY (?:--from=(\\S+) )?(?:--chmod=\\d+ )?(\\S+) (\\S+)$");
    private static final Pattern OURS =
            Pattern.compile(
                    "(?:/opt/liftstream|/var/lib/liftstream|/opt/flink/usrlib)(?:/[\\w.-]+)+");

    @Test
    void everyStageThatIsNamedExistsAndNoneOfThoseThatRunIsBuiltFromTheCompilersImage()
            throws IOException {
        Set<String> stages = groups(STAGE, 1);
        assertThat(stages).contains("build", "cpu", "cuda", "launcher");
        assertThat(groups(COPIED, 1)).isSubsetOf(stages);
        assertThat(
                        groups(
                                Pattern.compile(
                                        "(?m)^FROM (\\S+) AS (?:flink-base|cpu|cuda|launcher)$"),
                                1))
                .containsExactlyInAnyOrder(
                        "${FLINK_IMAGE}", "flink-base", "eclipse-temurin:17-jre");
    }

    @Test
    void theImagesRunAsAnOrdinaryUser() throws IOException {
        String[] stages = DeployFiles.text(DOCKERFILE).split("(?m)^FROM ", -1);
        for (String stage : stages) {
            if (stage.contains(" AS cpu\n")
                    || stage.contains(" AS cuda\n")
                    || stage.contains(" AS launcher\n")) {
                assertThat(stage).containsPattern("(?m)^USER (flink|liftstream)$");
            }
        }
    }

    @Test
    void whatIsCopiedFromTheBuildIsInTheSourcesOrMadeByTheBuild() throws IOException {
        COPIED.matcher(DeployFiles.text(DOCKERFILE))
                .results()
                .filter(copy -> "build".equals(copy.group(1)))
                .map(copy -> copy.group(2).replace("/build/", ""))
                .forEach(
                        source ->
                                assertThat(source)
                                        .satisfiesAnyOf(
                                                made -> assertThat(made).isIn(MADE_BY_THE_BUILD),
                                                kept -> assertThat(Path.of(kept)).exists()));
    }

    @Test
    void flinkAndKafkaHaveTheVersionsOfThisBuild() throws IOException {
        assertThat(DeployFiles.text(DOCKERFILE))
                .contains("=flink:" + EnvironmentInformation.getVersion() + "-");
        assertThat(compose().at("/services/kafka/image").asText())
                .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    }

    @Test
    void everyPathInAnImageIsMadeByTheDockerfileOrMounted() throws IOException {
        for (String name : DeployFiles.names()) {
            String text = DeployFiles.text(name);
            if (name.matches("(compose|kubernetes).*\\.(yaml|sh)")) {
                Set<String> made = new TreeSet<>(paths(DeployFiles.text(DOCKERFILE)));
                text.lines()
                        .filter(line -> line.matches(".*(mountPath: |:ro$).*"))
                        .forEach(line -> made.addAll(paths(line)));
                if (name.endsWith("configuration.yaml")
                        || name.endsWith("gpu/live.yaml")
                        || name.endsWith("replay/replay.yaml")) {
                    made.addAll(paths(DeployFiles.text("kubernetes/live.yaml")));
                }
                assertThat(paths(text))
                        .as(name)
                        .allMatch(
                                path ->
                                        made.stream()
                                                .anyMatch(
                                                        known ->
                                                                path.equals(known)
                                                                        || path.startsWith(
                                                                                known + "/")));
            }
        }
    }

    @Test
    void theBrokerOfComposeTakesItsConfiguration() throws IOException {
        Map<String, String> properties = new HashMap<>();
        compose()
                .at("/services/kafka/environment")
                .properties()
                .forEach(
                        variable ->
                                properties.put(
                                        variable.getKey()
                                                .substring("KAFKA_".length())
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '.'),
                                        variable.getValue().asText()));
        KafkaConfig broker = KafkaConfig.fromProps(asProperties(properties), false);
        assertThat(broker.processRoles().size()).isEqualTo(2);
        assertThat(properties.keySet())
                .allSatisfy(
                        key ->
                                assertThat(KafkaConfig.configNames().contains(key))
                                        .as(key)
                                        .isTrue());
    }

    @Test
    void everyKeyAndValueThatComposeHasForFlinkIsOneThatFlinkReads() throws Exception {
        Map<String, String> configuration = new HashMap<>();
        compose()
                .at("/x-flink-configuration/FLINK_PROPERTIES")
                .asText()
                .lines()
                .forEach(
                        line ->
                                configuration.put(
                                        line.substring(0, line.indexOf(": ")),
                                        line.substring(line.indexOf(": ") + 2)));
        assertThat(configuration).hasSizeGreaterThan(20);
        assertThat(FlinkOptions.problems(configuration)).isEmpty();
    }

    @Test
    void theJobOfComposeIsOneThatTheJobAccepts() {
        JobSettingsReader.read(
                ConfigurationLoader.load(DeployFiles.path("compose/live.yaml"), List.of()));
    }

    @Test
    void theTopicsOfComposeAreMadeByACommandOfTheLauncher() throws IOException {
        List<String> words = new ArrayList<>();
        compose().at("/services/topics/entrypoint").forEach(word -> words.add(word.asText()));
        assertThat(words.remove(0)).isEqualTo("liftstream");
        words.replaceAll(word -> word.endsWith("/compose.yaml") ? "compose/live.yaml" : word);

        CommandLine.ParseResult create =
                Launcher.commandLine().parseArgs(words.toArray(String[]::new));

        assertThat(create.subcommand().subcommand().commandSpec().name()).isEqualTo("create");
        assertThat(create.subcommand().subcommand().unmatched()).isEmpty();
    }

    @Test
    void everyServiceFileAndStageThatComposeNamesExists() throws IOException {
        JsonNode services = compose().path("services");
        JsonNode volumes = compose().path("volumes");
        Set<String> stages = groups(STAGE, 1);
        for (JsonNode service : services) {
            service.path("volumes")
                    .forEach(
                            volume -> {
                                String source = volume.asText().split(":", -1)[0];
                                if (source.startsWith(".")) {
                                    assertThat(DeployFiles.path(source)).exists();
                                } else {
                                    assertThat(volumes.has(source)).as(source).isTrue();
                                }
                            });
            service.path("depends_on")
                    .properties()
                    .forEach(needed -> assertThat(services.has(needed.getKey())).isTrue());
            if (service.has("build")) {
                assertThat(service.at("/build/target").asText())
                        .as(service.toString())
                        .satisfies(
                                target ->
                                        assertThat(target.isEmpty() || stages.contains(target))
                                                .isTrue());
            }
        }
    }

    @Test
    void theLaunchersImageGivesJavaTheMemoryThatTheLauncherGives() throws IOException {
        List<String> options =
                Pattern.compile("-X\\S+|-Dorg\\.\\S+")
                        .matcher(commandOf(DeployFiles.text("bin/liftstream")))
                        .results()
                        .map(MatchResult::group)
                        .toList();

        assertThat(options).contains("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        assertThat(DeployFiles.text("docker/liftstream.sh")).contains(options);
    }

    private static String commandOf(String script) {
        return script.substring(script.indexOf("exec "));
    }

    @Test
    void theLaunchersImageStartsTheLauncherAndTheCamerasWordsAreItsOptions() throws IOException {
        assertThat(DeployFiles.text("docker/liftstream.sh"))
                .contains(" " + Launcher.class.getName() + " ");
        String sources =
                Files.readString(
                                Path.of(
                                        "src/main/java/io/liftstream/cli/publish/PublishCommand.java"))
                        + Files.readString(
                                Path.of("src/main/java/io/liftstream/cli/demo/DemoCommand.java"))
                        + Files.readString(
                                Path.of(
                                        "src/main/java/io/liftstream/cli/console/BrokerArguments.java"));
        DeployFiles.text("compose/camera.sh")
                .lines()
                .filter(line -> line.contains("liftstream "))
                .forEach(
                        line ->
                                Pattern.compile("--[a-z-]+")
                                        .matcher(line)
                                        .results()
                                        .forEach(
                                                option ->
                                                        assertThat(sources)
                                                                .contains(
                                                                        "\""
                                                                                + option.group()
                                                                                + "\"")));
    }

    private static Properties asProperties(Map<String, String> entries) {
        Properties properties = new Properties();
        properties.putAll(entries);
        return properties;
    }

    private static JsonNode compose() throws IOException {
        return DeployFiles.yaml("compose.yaml");
    }

    private static Set<String> groups(Pattern pattern, int group) throws IOException {
        return pattern.matcher(DeployFiles.text(DOCKERFILE))
                .results()
                .map(match -> match.group(group))
                .filter(name -> name != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> paths(String text) {
        return OURS.matcher(text)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
