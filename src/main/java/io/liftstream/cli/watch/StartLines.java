package io.liftstream.cli.watch;

import io.liftstream.frame.DurationText;
import io.liftstream.job.JobMode;
import io.liftstream.job.JobSettings;
import io.liftstream.network.ExecutionProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is said of a job when it starts.
 *
 * @param settings of the job
 * @param provider what computes its model
 * @param webAddress of Flink's web UI
 * @param parallelism of its operators
 * @param partitions of the frames topic
 * @param passedOver frames that are older than a first start looks back
 */
public record StartLines(
        JobSettings settings,
        ExecutionProvider provider,
        String webAddress,
        int parallelism,
        int partitions,
        long passedOver) {

    /** One line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%s (%s) reads %s (%d %s) and writes %s and %s, %s, on %s.",
                        settings.name(),
                        settings.mode().name().toLowerCase(Locale.ROOT),
                        settings.framesTopic(),
                        partitions,
                        partitions == 1 ? "partition" : "partitions",
                        settings.depthTopic(),
                        settings.rejectedTopic(),
                        settings.sink().guarantee(),
                        settings.kafka().bootstrapServers()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "Model %s on %s. Flink's web UI: %s.%s",
                        settings.topology().estimate().defaultModel(),
                        provider,
                        webAddress,
                        settings.mode() == JobMode.LIVE ? " Ctrl-C ends the job." : ""));
        if (parallelism > partitions) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "WARN option flink.parallelism.default is %d, but topic %s has only %d %s, so %d subtasks read"
                                    + " nothing; set the option to %d, or to less.",
                            parallelism,
                            settings.framesTopic(),
                            partitions,
                            partitions == 1 ? "partition" : "partitions",
                            parallelism - partitions,
                            partitions));
        }
        if (passedOver > 0) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "WARN %d frames on %s were published before the job started, more than live.max-age (%s)"
                                    + " ago, and are skipped. replay lifts them; so does --live.max-age=0s.",
                            passedOver,
                            settings.framesTopic(),
                            DurationText.of(
                                    Duration.ofMillis(settings.topology().maxAgeMillis()))));
        }
        return lines;
    }
}
