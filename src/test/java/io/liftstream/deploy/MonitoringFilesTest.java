package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.frame.RejectionReason;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.DefaultCheckpointStatsTracker;
import org.apache.flink.runtime.metrics.MetricNames;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts: all that they name exists, and all that the job tells is shown. */
class MonitoringFilesTest {
    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";
    private static final String TASK = "flink_taskmanager_job_task_";
    private static final String JOB = "flink_jobmanager_job_";
    private static final Pattern METRIC = Pattern.compile("flink_\\w+");
    private static final Pattern REASONS = Pattern.compile("reason[=!~]+\"([A-Z_|]+)\"");

    @Test
    void everyMetricThatDashboardAndAlertsNameExists() throws Exception {
        Set<String> known = knownMetrics();
        assertThat(matches(METRIC, dashboard() + alerts()).map(MatchResult::group))
                .hasSizeGreaterThan(40)
                .isSubsetOf(known);
    }

    @Test
    void theDashboardShowsEveryMetricOfTheJob() throws IOException {
        Set<String> shown =
                new HashSet<>(matches(METRIC, dashboard()).map(MatchResult::group).toList());
        assertThat(shown)
                .containsAll(
                        DeclaredMetrics.names().stream().map(name -> OPERATOR + name).toList());
    }

    @Test
    void theReadmeOfTheOperatorsNamesEveryMetric() throws IOException {
        String readme = Files.readString(Path.of("src/main/java/io/liftstream/stream/README.md"));
        assertThat(DeclaredMetrics.names())
                .allSatisfy(
                        name ->
                                assertThat(readme)
                                        .contains("`" + name.replaceFirst("^[a-z]+_", "") + "`"));
    }

    @Test
    void everyReasonThatAnAlertNamesExists() throws IOException {
        List<String> reasons = Arrays.stream(RejectionReason.values()).map(Enum::name).toList();
        assertThat(
                        matches(REASONS, dashboard() + alerts())
                                .flatMap(match -> Stream.of(match.group(1).split("\\|"))))
                .isNotEmpty()
                .isSubsetOf(reasons);
    }

    @Test
    void everyAlertHasWhatSomebodyWhoIsWokenNeeds() throws IOException {
        JsonNode rules = DeployFiles.yaml("prometheus/alerts.yaml").at("/groups/0/rules");
        assertThat(rules)
                .hasSizeGreaterThan(8)
                .allSatisfy(
                        rule -> {
                            assertThat(rule.path("alert").asText()).startsWith("Liftstream");
                            assertThat(rule.path("expr").asText()).containsPattern("[<>=]");
                            assertThat(rule.at("/labels/severity").asText())
                                    .isIn("warning", "critical");
                            assertThat(rule.at("/annotations/summary").asText()).contains("{{");
                        });
        assertThat(rules).extracting(rule -> rule.path("alert").asText()).doesNotHaveDuplicates();
    }

    @Test
    void theAlertOfFailedCommitsSaysWhenNothingIsLost() throws IOException {
        JsonNode rules = DeployFiles.yaml("prometheus/alerts.yaml").at("/groups/0/rules");
        assertThat(rules)
                .filteredOn(rule -> rule.path("alert").asText().equals("LiftstreamFailedCommits"))
                .singleElement()
                .satisfies(
                        rule ->
                                assertThat(rule.at("/annotations/description").asText())
                                        .contains("sink.transaction-timeout", "nothing is lost"));
    }

    @Test
    void everyPanelHasQueriesItsPlaceAndTheDataSourceThatGrafanaIsGiven() throws IOException {
        String source =
                DeployFiles.yaml("grafana/datasource.yaml").at("/datasources/0/uid").asText();
        JsonNode panels = DeployFiles.json("grafana/dashboard.json").path("panels");
        assertThat(panels)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        panel -> {
                            assertThat(panel.at("/datasource/uid").asText()).isEqualTo(source);
                            assertThat(panel.path("targets")).isNotEmpty();
                            assertThat(panel.path("targets"))
                                    .allSatisfy(
                                            target ->
                                                    assertThat(target.path("expr").asText())
                                                            .contains("$job"));
                            assertThat(panel.path("description").asText()).isNotBlank();
                        });
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .extracting(panel -> panel.path("gridPos").toString())
                .doesNotHaveDuplicates();
    }

    @Test
    void prometheusReadsTheRulesAndAsksTheServicesOfCompose() throws IOException {
        JsonNode prometheus = DeployFiles.yaml("prometheus/prometheus.yaml");
        JsonNode compose = DeployFiles.yaml("compose.yaml");
        String mounts = compose.at("/services/prometheus/volumes").toString();
        assertThat(mounts).contains("alerts.yaml:" + prometheus.at("/rule_files/0").asText() + ":");
        assertThat(prometheus.at("/scrape_configs/0/static_configs/0/targets"))
                .allSatisfy(
                        target -> {
                            String[] address = target.asText().split(":", -1);
                            assertThat(compose.path("services").has(address[0])).isTrue();
                            assertThat(DeployFiles.text("compose.yaml"))
                                    .contains("metrics.reporter.prom.port: " + address[1] + "\n");
                        });
    }

    private static String dashboard() throws IOException {
        return DeployFiles.text("grafana/dashboard.json");
    }

    private static String alerts() throws IOException {
        return DeployFiles.text("prometheus/alerts.yaml");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text.replace("\\\"", "\"")).results();
    }

    private static Set<String> knownMetrics() throws Exception {
        Set<String> known = new HashSet<>();
        DeclaredMetrics.names().forEach(name -> known.add(OPERATOR + name));
        for (String name : constants(MetricNames.class)) {
            known.addAll(List.of(OPERATOR + name, TASK + name, JOB + name));
        }
        constants(DefaultCheckpointStatsTracker.class).forEach(name -> known.add(JOB + name));
        return known;
    }

    private static List<String> constants(Class<?> owner) throws IllegalAccessException {
        List<String> values = new ArrayList<>();
        for (Field field : owner.getDeclaredFields()) {
            if (field.getType() == String.class && field.trySetAccessible()) {
                values.add((String) field.get(null));
            }
        }
        return values;
    }
}
