package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.job.LocalJob;
import io.liftstream.job.JobSettings;
import io.liftstream.testing.EmbeddedBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;
    private final StringWriter said = new StringWriter();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aTransactionThatTheBrokerEndedWhileTheJobWasDownIsTold() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            broker.createTopics(WatchedJob.TOPICS, 1);
            WatchedJob.publish(broker, System.currentTimeMillis(), 0, 3);
            String savepoint;
            try (LocalJob job = LocalJob.start(settings(broker, List.of()))) {
                awaitOpenTransactions(admin);
                savepoint = savepointAndCancel(job);
                // Flink is gone then; closing the job must take that as it is.
                awaitNoAnswer(job);
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
                WatchedJob.awaitLine(
                        said, "WARN \\d+ transactions? to topic hall.depth did not commit: ");
                assertThat(watch.summary()).isNotEmpty();
            }
        }
    }

    private JobSettings settings(EmbeddedBroker broker, List<String> more) throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--live.max-age=0 s",
                                "--ordering.flush-after=200 ms",
                                "--sink.delivery-guarantee=exactly-once",
                                "--flink.parallelism.default=1",
                                // Nothing is committed but by the savepoint.
                                "--flink.execution.checkpointing.interval=10 min",
                                "--flink.execution.checkpointing.timeout=1 min",
                                "--sink.restart-budget=1 min"));
        words.addAll(more);
        return WatchedJob.settings(broker, folder.resolve("checkpoints"), words);
    }

    private static void awaitOpenTransactions(Admin admin) throws Exception {
        long deadline = System.nanoTime() + WatchedJob.TIMEOUT.toNanos();
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
        long deadline = System.nanoTime() + WatchedJob.TIMEOUT.toNanos();
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

    private void awaitNoAnswer(LocalJob job) throws Exception {
        long deadline = System.nanoTime() + WatchedJob.TIMEOUT.toNanos();
        try {
            while (System.nanoTime() < deadline) {
                send(HttpRequest.newBuilder(URI.create(job.webAddress() + "/config")).GET());
                Thread.sleep(50);
            }
        } catch (IOException e) {
            return;
        }
        throw new AssertionError("Flink goes on without its job");
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        return JSON.readTree(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }
}
