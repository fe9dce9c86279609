package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.job.LiftstreamJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkSessionJob;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of {@code deploy/kubernetes}, read into the classes of the Flink Kubernetes Operator
 * and of Kubernetes. No Kubernetes takes part: what a server would default, admit or refuse beyond
 * its schema is not seen here.
 */
class KubernetesFilesTest {
    private static final String FOLDER = "kubernetes/";
    private static final String MOUNTED = "/opt/liftstream/conf/cluster/";

    private static final Map<String, Class<?>> KINDS =
            Map.of(
                    "FlinkDeployment", FlinkDeployment.class,
                    "FlinkSessionJob", FlinkSessionJob.class,
                    "ConfigMap", ConfigMap.class,
                    "NetworkPolicy", NetworkPolicy.class);

    /**
     * The newest published classes of the operator know no Flink 2: its version is compared here.
     */
    private static final String VERSION_THAT_THE_CLASSES_KNOW = "v1_20";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "live.yaml",
                "configuration.yaml",
                "network-policy.yaml",
                "gpu/live.yaml",
                "replay/session.yaml",
                "replay/replay.yaml"
            })
    void everyFieldIsOneThatTheOperatorOrKubernetesReads(String name) throws IOException {
        read(resource(name));
    }

    @Test
    void aMisspeltFieldOfTheOperatorOrOfAPodIsFound() throws IOException {
        JsonNode ofTheOperator = resource("live.yaml");
        ((ObjectNode) ofTheOperator.at("/spec/job")).put("parallelizm", 2);
        assertThatThrownBy(() -> read(ofTheOperator)).hasMessageContaining("parallelizm");
        JsonNode ofThePod = resource("live.yaml");
        ((ObjectNode) ofThePod.at("/spec/podTemplate/spec/containers/0")).put("volumeMount", "x");
        assertThatThrownBy(() -> read(ofThePod)).hasMessageContaining("volumeMount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"live.yaml", "replay/session.yaml"})
    void theFlinkThatTheOperatorStartsIsTheOneOfThisBuild(String name) throws IOException {
        String[] version = EnvironmentInformation.getVersion().split("\\.", -1);
        assertThat(resource(name).at("/spec/flinkVersion").asText())
                .isEqualTo("v" + version[0] + "_" + version[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"live.yaml", "gpu/live.yaml", "replay/session.yaml"})
    void everyKeyAndValueForFlinkIsOneThatFlinkReads(String name) throws Exception {
        Map<String, String> configuration =
                MAPPER.convertValue(
                        resource(name).at("/spec/flinkConfiguration"), new TypeReference<>() {});
        assertThat(configuration).isNotEmpty();
        assertThat(FlinkOptions.problems(configuration)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live.yaml", "gpu/live.yaml"})
    void theLiveJobsConfigurationIsOneThatTheJobAccepts(String name) throws IOException {
        JsonNode live = resource("live.yaml");
        JobSettings settings = settings(resource(name).at("/spec/job/args"));
        assertThat(settings.mode()).isEqualTo(JobMode.LIVE);
        assertThat(live.at("/spec/job/entryClass").asText())
                .isEqualTo(LiftstreamJob.class.getName());
        assertMounts(live);
    }

    @Test
    void theReplaysConfigurationIsOneThatTheJobAcceptsAndItsSessionExists() throws IOException {
        JsonNode replay = resource("replay/replay.yaml");
        JsonNode session = resource("replay/session.yaml");
        assertThat(settings(replay.at("/spec/job/args")).mode()).isEqualTo(JobMode.REPLAY);
        assertThat(replay.at("/spec/job/entryClass").asText())
                .isEqualTo(LiftstreamJob.class.getName());
        assertThat(replay.at("/spec/deploymentName").asText())
                .isEqualTo(session.at("/metadata/name").asText());
        assertThat(session.path("spec").has("job")).as("a session cluster has no job").isFalse();
        assertMounts(session);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu/", "replay/"})
    void everyFileOfAKustomizationExists(String overlay) throws IOException {
        JsonNode kustomization = resource(overlay + "kustomization.yaml");
        List<String> files = new ArrayList<>();
        kustomization.path("resources").forEach(file -> files.add(file.asText()));
        kustomization.path("patches").forEach(patch -> files.add(patch.path("path").asText()));
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(DeployFiles.path(FOLDER + overlay + file)).exists());
    }

    @Test
    void theGpuPatchChangesTheLiveDeployment() throws IOException {
        assertThat(resource("gpu/live.yaml").path("metadata"))
                .isEqualTo(resource("live.yaml").path("metadata"));
    }

    @Test
    void theNetworkPolicyNamesTheDeploymentsAndTheirPorts() throws IOException {
        String policy = resource("network-policy.yaml").toString();
        assertThat(policy)
                .contains(resource("live.yaml").at("/metadata/name").asText())
                .contains(resource("replay/session.yaml").at("/metadata/name").asText());
        String metrics =
                resource("live.yaml")
                        .at("/spec/flinkConfiguration")
                        .path("metrics.reporter.prom.port")
                        .asText();
        assertThat(resource("network-policy.yaml").at("/spec/ingress/2/ports/0/port").asText())
                .isEqualTo(metrics);
        assertThat(
                        resource("live.yaml")
                                .at("/spec/podTemplate/spec/containers/0/ports/0/containerPort")
                                .asText())
                .isEqualTo(metrics);
    }

    private void assertMounts(JsonNode deployment) throws IOException {
        JsonNode pod = deployment.at("/spec/podTemplate/spec");
        assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asText() + "/")
                .isEqualTo(MOUNTED);
        assertThat(pod.at("/containers/0/volumeMounts"))
                .extracting(mount -> mount.path("name").asText())
                .isSubsetOf(names(pod.path("volumes")));
        assertThat(pod.at("/volumes/0/configMap/name").asText())
                .isEqualTo(resource("configuration.yaml").at("/metadata/name").asText());
    }

    private static List<String> names(JsonNode items) {
        List<String> names = new ArrayList<>();
        items.forEach(item -> names.add(item.path("name").asText()));
        return names;
    }

    /** The settings that the job's main method reads from its arguments and the mounted file. */
    private JobSettings settings(JsonNode arguments) throws IOException {
        List<String> words = new ArrayList<>();
        arguments.forEach(word -> words.add(word.asText()));
        assertThat(words.get(0)).startsWith(MOUNTED);
        String key = words.get(0).substring(MOUNTED.length());
        Path file = folder.resolve(key);
        Files.writeString(file, resource("configuration.yaml").path("data").path(key).asText());
        return JobSettingsReader.read(
                ConfigurationLoader.load(file, words.subList(1, words.size())));
    }

    private static JsonNode resource(String name) throws IOException {
        return DeployFiles.yaml(FOLDER + name);
    }

    private static void read(JsonNode resource) throws JsonProcessingException {
        ObjectNode known = resource.deepCopy();
        if (known.at("/spec/flinkVersion").isTextual()) {
            ((ObjectNode) known.path("spec")).put("flinkVersion", VERSION_THAT_THE_CLASSES_KNOW);
        }
        Object read = MAPPER.treeToValue(known, KINDS.get(resource.path("kind").asText()));
        assertThat(UnknownFields.of(known, read)).isEmpty();
    }
}
