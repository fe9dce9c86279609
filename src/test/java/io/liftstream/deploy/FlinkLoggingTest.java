package io.liftstream.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;

class FlinkLoggingTest {
    private static final String LOGGER = "org.apache.flink.metrics.MetricGroup";
    private static final String COLLISION =
            "Name collision: Group already contains a Metric with the name '%s'. Metric will not be"
                    + " reported.[127.0.0.1, taskmanager, Depth: Committer, 0]";

    @Test
    void aMetricThatFlinkRegistersTwiceAtEachCheckpointIsNotWarnedOf() {
        assertThat(filtered("pendingCommittables")).isEqualTo(Filter.Result.DENY);
        assertThat(filtered("liftedFrames")).isEqualTo(Filter.Result.NEUTRAL);
    }

    private static Filter.Result filtered(String metric) {
        try (LoggerContext context = new LoggerContext("reference")) {
            context.setConfigLocation(
                    Path.of("conf/flink/log4j-console.properties").toAbsolutePath().toUri());
            context.start();
            return context.getConfiguration()
                    .getLoggerConfig(LOGGER)
                    .getFilter()
                    .filter(
                            Log4jLogEvent.newBuilder()
                                    .setLoggerName(LOGGER)
                                    .setLevel(Level.WARN)
                                    .setMessage(new SimpleMessage(COLLISION.formatted(metric)))
                                    .build());
        }
    }
}
