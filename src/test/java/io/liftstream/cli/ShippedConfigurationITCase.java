package io.liftstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of README.md that lift frames again, with conf/live.yaml as it is shipped. */
class ShippedConfigurationITCase {
    private static final JobTopics LIVE =
            new JobTopics("liftstream.frames", "liftstream.depth", "liftstream.rejected");

    private static EmbeddedBroker broker;

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @BeforeAll
    static void startBrokerWithTwoFrames() throws Exception {
        broker = EmbeddedBroker.start();
        broker.createTopics(LIVE, 1);
        for (String output : List.of("my.replay", "my.again", "my.broken")) {
            broker.createOutputTopics(
                    new JobTopics(LIVE.frames(), output, output + ".rejected"), 1);
        }
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, 1_600_000_000_000_000_000L, 100_000_000);
        try (FramePublisher publisher = new FramePublisher(broker, LIVE.frames())) {
            publisher.publish(RenderedFleet.cameraId(0), fleet.message(0, 0));
            publisher.publish(RenderedFleet.cameraId(0), fleet.message(0, 1));
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void theReplayOfTheReadmeRuns() throws IOException {
        List<String> words = commandOfReadme("replay");

        assertThat(run(words)).as(command.complaints()).isZero();
        assertThat(command.output()).contains("2 frames would be lifted");
        words.remove("--dry-run");
        assertThat(run(words)).as(command.complaints()).isZero();
        assertThat(command.output()).contains("2 frames have a result on my.replay, 0 a rejection");
    }

    @Test
    void theLiftOfTheReadmeIsAccepted() throws IOException {
        assertThat(run(commandOfReadme("rejected"))).as(command.complaints()).isZero();
        assertThat(command.output())
                .contains("0 frames to lift; results go to my.again, rejections to my.again.rej")
                .contains("nothing was started");
    }

    @Test
    void aModelThatCannotBeHadIsFoundBeforeAnythingIsStarted() throws IOException {
        List<String> words = new ArrayList<>(commandOfReadme("replay"));
        words.remove("--dry-run");
        words.set(words.indexOf("my.replay"), "my.broken");
        words.addAll(List.of("--model.default", "https://127.0.0.1:1/absent.onnx"));

        assertThat(run(words)).isEqualTo(2);
        assertThat(command.complaints()).contains("https://127.0.0.1:1/absent.onnx");
    }

    @Test
    void aModelFileThatIsNotThereIsAUsageError() throws IOException {
        for (String name : List.of("replay", "rejected")) {
            List<String> words = commandOfReadme(name);
            words.addAll(List.of("--model.default", "./absent.onnx"));

            assertThat(run(words)).isEqualTo(2);
            assertThat(command.complaints()).contains("./absent.onnx: there is no such file");
        }
    }

    /** As it stands there, but for the broker and the folder. */
    private List<String> commandOfReadme(String name) throws IOException {
        String start = "deploy/bin/liftstream " + name + " conf/live.yaml";
        String readme = Files.readString(Path.of("README.md")).replace("\\\n", " ");
        String line =
                readme.lines().filter(text -> text.startsWith(start)).findFirst().orElseThrow();
        assertThat(line).contains("broker:9092").contains("file:///var/lib/").contains("--dry-run");
        String typed =
                line.replace("broker:9092", broker.bootstrapServers())
                        .replace(
                                "file:///var/lib/liftstream/checkpoints",
                                folder.resolve("checkpoints").toUri().toString());
        List<String> words = new ArrayList<>(Arrays.asList(typed.split("\\s+")));
        words.remove(0);
        return words;
    }

    private int run(List<String> words) {
        return command.run(words.toArray(String[]::new));
    }
}
