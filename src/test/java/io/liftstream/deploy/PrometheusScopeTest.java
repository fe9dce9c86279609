package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.MetricRegistryTestUtils;
import org.apache.flink.runtime.metrics.ReporterSetup;
import org.apache.flink.runtime.metrics.ReporterSetupBuilder;
import org.apache.flink.runtime.metrics.filter.DefaultReporterFilters;
import org.apache.flink.runtime.metrics.groups.JobManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.junit.jupiter.api.Test;

/**
 * How names of the job's metrics read in Prometheus: Flink's own reporter, set up by {@code
 * conf/flink/config.yaml}, asked over HTTP.
 */
class PrometheusScopeTest {

    @Test
    void aMetricIsNamedByItsScopeThenItsLabelThenItsNameAndLabelsKeepTheirValues()
            throws Exception {
        Configuration reference = GlobalConfiguration.loadConfiguration("conf/flink");
        int port = LoopbackPort.free();
        reference.setString("metrics.reporter.prom.port", Integer.toString(port));
        List<ReporterSetup> reporters =
                ReporterSetupBuilder.METRIC_SETUP_BUILDER.fromConfiguration(
                        reference, DefaultReporterFilters::metricsFromConfiguration, null);
        MetricRegistryImpl registry =
                new MetricRegistryImpl(
                        MetricRegistryTestUtils.fromConfiguration(reference), reporters);
        try {
            register(registry);
            assertThat(scrape(port))
                    .contains("flink_taskmanager_job_task_operator_liftedFrames{")
                    .contains("flink_taskmanager_job_task_operator_reason_rejectedFrames{")
                    .contains("flink_taskmanager_job_task_operator_camera_eventTimeLagMillis{")
                    .contains("flink_taskmanager_job_task_operator_liftMicros{")
                    .contains("quantile=\"0.95\"")
                    .contains("flink_jobmanager_job_numRestarts{")
                    .contains("reason=\"LATE_AFTER_FLUSH\"")
                    .contains("camera=\"dock-3\"")
                    .contains("job_name=\"liftstream-1\"")
                    .contains("operator_name=\"LiftFrames\"")
                    .contains("subtask_index=\"0\"");
        } finally {
            registry.closeAsync().get();
        }
    }

    private static void register(MetricRegistryImpl registry) {
        MetricGroup operator =
                TaskManagerMetricGroup.createTaskManagerMetricGroup(
                                registry, "host", ResourceID.generate())
                        .addJob(new JobID(), "liftstream-1")
                        .addTask(ExecutionAttemptID.randomId(), "SequenceFrames -> LiftFrames")
                        .getOrAddOperator(new OperatorID(), "LiftFrames", Map.of());
        operator.counter("liftedFrames").inc();
        operator.addGroup("reason", "LATE_AFTER_FLUSH").counter("rejectedFrames").inc();
        operator.addGroup("camera", "dock-3").gauge("eventTimeLagMillis", (Gauge<Long>) () -> 7L);
        operator.histogram("liftMicros", new DescriptiveStatisticsHistogram(8)).update(5);
        JobManagerMetricGroup.createJobManagerMetricGroup(registry, "host")
                .addJob(new JobID(), "liftstream-1")
                .counter("numRestarts");
    }

    private static String scrape(int port) throws IOException {
        try (InputStream metrics =
                URI.create("http://localhost:" + port + "/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
