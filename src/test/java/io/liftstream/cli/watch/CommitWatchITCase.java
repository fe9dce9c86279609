package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.job.LocalJob;
import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobOverrides;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that was down for longer than its transactions live says that they did not commit. */
class CommitWatchITCase {
    private static final JobTopics TOPICS =
            new JobTopics("hall.frames", "hall.depth", "hall.rejected");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    private final StringWriter said = new StringWriter();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aTransactionThatTheBrokerEndedWhileTheJobWasDownIsTold() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            broker.createTopics(TOPICS, 1);
            publish(broker);
            String savepoint;
            try (LocalJob job = LocalJob.start(settings(broker, List.of()))) {
                awaitOpenTransactions(admin);
                savepoint = savepointAndCancel(job);
            }
            // As the broker does by itself once sink.transaction-timeout is over.
            admin.fenceProducers(openTransactions(admin)).all().get();
            JobSettings again =
                    settings(broker, List.of("--flink.execution.state-recovery.path=" + savepoint));
            try (LocalJob job = LocalJob.start(again);
                    JobWatch watch =
                            JobWatch.start(
                                    job.webAddress(),
                                    job.id(),
                                    again,
                                    0,
                                    new PrintWriter(said, true))) {
                awaitLine("WARN \\d+ transactions? to topic hall.depth did not commit: ");
                assertThat(watch.summary()).isNotEmpty();
            }
        }
    }

    private JobSettings settings(EmbeddedBroker broker, List<String> more) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name=hall",
                                "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                                "--topics.frames=" + TOPICS.frames(),
                                "--topics.depth=" + TOPICS.depth(),
                                "--topics.rejected=" + TOPICS.rejected(),
                                "--source.start=earliest",
                                "--live.max-age=0 s",
                                "--ordering.flush-after=200 ms",
                                "--sink.delivery-guarantee=exactly-once",
                                "--flink.parallelism.default=1",
                                // Nothing is committed but by the savepoint.
                                "--flink.execution.checkpointing.interval=10 min",
                                "--flink.execution.checkpointing.timeout=1 min",
                                "--sink.restart-budget=1 min",
                                "--flink.execution.checkpointing.dir="
                                        + folder.resolve("checkpoints").toUri()));
        words.addAll(more);
        return JobSettingsReader.read(
                ConfigurationLoader.layers(null, words)
                        .with(LocalJob.flinkOptions(), new JobOverrides()));
    }

    private static void publish(EmbeddedBroker broker) {
        RenderedFleet fleet =
                new RenderedFleet(1, 64, 48, System.currentTimeMillis() * 1_000_000, 100_000_000);
        try (FramePublisher publisher = new FramePublisher(broker, TOPICS.frames())) {
            for (int frame = 0; frame < 3; frame++) {
                publisher.publish(RenderedFleet.cameraId(0), fleet.message(0, frame));
            }
        }
    }

    private static void awaitOpenTransactions(Admin admin) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (openTransactions(admin).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertThat(openTransactions(admin)).isNotEmpty();
    }

    private static List<String> openTransactions(Admin admin) throws Exception {
        return admin.listTransactions().all().get().stream()
                .filter(transaction -> transaction.state() == TransactionState.ONGOING)
                .map(TransactionListing::transactionalId)
                .toList();
    }

    /** A savepoint alone commits nothing: what is pending is committed by the job's next start. */
    private String savepointAndCancel(LocalJob job) throws Exception {
        String savepoints = job.webAddress() + "/jobs/" + job.id() + "/savepoints";
        String order =
                JSON.writeValueAsString(
                        Map.of("target-directory", folder.toUri(), "cancel-job", true));
        JsonNode begun =
                send(
                        HttpRequest.newBuilder(URI.create(savepoints))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(order)));
        String request = begun.path("request-id").asText();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode now =
                    send(HttpRequest.newBuilder(URI.create(savepoints + "/" + request)).GET());
            if (now.at("/status/id").asText().equals("COMPLETED")) {
                assertThat(now.at("/operation/location").asText()).isNotEmpty();
                return now.at("/operation/location").asText();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("the savepoint took too long");
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        return JSON.readTree(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private void awaitLine(String pattern) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline
                && !said.toString().matches("(?s).*" + pattern + ".*")) {
            Thread.sleep(100);
        }
        assertThat(said.toString()).containsPattern(pattern);
    }
}
