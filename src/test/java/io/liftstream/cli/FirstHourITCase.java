package io.liftstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.broker.LocalBroker;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.cli.process.LoopbackPort;
import io.liftstream.testing.RenderedFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of README.md's "Live cameras", typed one after the other, and Ctrl-C. */
class FirstHourITCase {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int IMAGES = 3;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();
    private Process job;

    @AfterEach
    void stop() throws Exception {
        if (job != null) {
            job.destroyForcibly().waitFor();
        }
        new LocalBroker(brokerData()).close();
    }

    @Test
    void fiveCommandsLeadToResultsAndTheJobSaysWhatItDoesAndWhatItDid() throws Exception {
        int port = LoopbackPort.free();
        String address = "127.0.0.1:" + port;
        List<String> toAddress = List.of("--kafka.bootstrap-servers=" + address);
        assertThat(
                        command.run(
                                ofReadme(
                                        "broker start",
                                        List.of(
                                                "--data",
                                                brokerData().toString(),
                                                "--port=" + port))))
                .as(command.complaints())
                .isZero();
        assertThat(command.run(ofReadme("topics create conf/local.yaml", toAddress)))
                .as(command.complaints())
                .isZero();
        startJob(address);
        awaitLine(
                "liftstream-local \\(live\\) reads liftstream.frames \\(6 partitions\\) and writes"
                        + " liftstream.depth and liftstream.rejected, at-least-once, on "
                        + address);
        awaitLine(
                "Model liftstream-tiny on CPU. Flink's web UI: http://127.0.0.1:\\d+. Ctrl-C ends"
                        + " the job.");

        assertThat(command.run(publishOfReadme(address))).as(command.complaints()).isZero();

        awaitLine(
                "\\d\\d:\\d\\d:\\d\\d in \\d, lifted [1-3] \\(\\d\\.\\d fps\\), rejected 0; age median .+,"
                        + " oldest ");
        assertThat(ListeningPorts.of(job.pid()))
                .isNotEmpty()
                .allMatch(listening -> listening.startsWith("127.0.0.1:"));
        // As Ctrl-C does, this asks the process to end.
        job.destroy();
        assertThat(job.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        awaitLine("in 3, lifted 3, rejected 0 in \\d.*\nThe next start begins ");
        assertThat(said()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(
                        command.run(
                                "export",
                                "--bootstrap-servers",
                                address,
                                "--out",
                                folder.resolve("results").toString()))
                .as(command.complaints())
                .isZero();
        assertThat(command.output()).contains(IMAGES + " results written");
    }

    private void startJob(String address) throws Exception {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String opened : List.of("java.util", "java.lang", "java.nio")) {
            words.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        words.addAll(List.of("-Xmx640m", "-cp", System.getProperty("java.class.path")));
        words.add(Launcher.class.getName());
        words.addAll(
                Arrays.asList(
                        ofReadme(
                                "job conf/local.yaml",
                                List.of(
                                        "--kafka.bootstrap-servers=" + address,
                                        "--flink.execution.checkpointing.dir="
                                                + folder.resolve("checkpoints").toUri()))));
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true);
        process.environment().put("ORT_DISABLE_TELEMETRY", "1");
        job = process.redirectOutput(folder.resolve("job.txt").toFile()).start();
    }

    private String[] publishOfReadme(String address) throws Exception {
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, 0, 1);
        Path images = Files.createDirectories(folder.resolve("my-photos"));
        for (int i = 0; i < IMAGES; i++) {
            Files.write(images.resolve(i + ".jpg"), fleet.jpeg(0, i));
        }
        String[] words = ofReadme("publish my-photos", List.of());
        for (int i = 0; i < words.length; i++) {
            words[i] =
                    words[i].replace("127.0.0.1:9092", address)
                            .replace("my-photos", images.toString());
        }
        return words;
    }

    /** As it stands there, and what keeps the test from others' brokers. */
    private static String[] ofReadme(String command, List<String> further) throws Exception {
        String start = "deploy/bin/liftstream ";
        String line =
                Files.readString(Path.of("README.md"))
                        .lines()
                        .filter(text -> text.startsWith(start + command))
                        .findFirst()
                        .orElseThrow();
        List<String> words =
                new ArrayList<>(List.of(line.substring(start.length()).split(" +", -1)));
        words.addAll(further);
        return words.toArray(String[]::new);
    }

    private void awaitLine(String pattern) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline
                && job.isAlive()
                && !said().matches("(?s).*" + pattern + ".*")) {
            Thread.sleep(100);
        }
        assertThat(said()).containsPattern(pattern);
    }

    private String said() throws Exception {
        return Files.readString(folder.resolve("job.txt"));
    }

    private Path brokerData() {
        return folder.resolve("broker");
    }
}
