package io.liftstream.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.liftstream.cli.console.TypedCommand;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users do wrong with {@code job}, and the line that they read. */
class JobMistakesTest {
    private static final String NO_BROKER = "--kafka.bootstrap-servers=127.0.0.1:1";

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(folder.resolve("broken.yaml"), "job:\n  name: [hall\n");
        Files.writeString(folder.resolve("tab.yaml"), "job:\n\tname: hall\n");
        Files.write(folder.resolve("photo.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, -1, 0});
        Files.writeString(folder.resolve("text.pth"), "no checkpoint");
        Files.writeString(folder.resolve("list.yaml"), "- a\n- b\n");
        Files.writeString(
                folder.resolve("plain.yaml"), "kafka: {bootstrap-servers: '127.0.0.1:1'}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{folder}/broken.yaml | broken.yaml is not YAML: line 3, column 1: expected ',' or"
                        + " ']', but got <stream end>, while parsing a list in [ ] that begins at"
                        + " line 2, column 9",
                "{folder}/tab.yaml | tab.yaml is not YAML: line 2, column 1: a tab character; indent with"
                        + " spaces",
                "{folder}/list.yaml | list.yaml is not a YAML mapping of options",
                "nope.yaml | configuration file nope.yaml cannot be read: there is no such file",
                "{folder}/photo.jpg | photo.jpg cannot be read: it is not a text file in UTF-8",
                "{folder} | cannot be read: it is a folder",
                "conf/models.yaml | conf/models.yaml is a catalogue of models: name it with"
                        + " models.catalogue",
                "conf/flink/config.yaml | conf/flink/config.yaml is not a job's configuration, it begins with ",
                "conf/local.yaml --batching | Unknown option: '--batching'",
            })
    void aFileOrAWordIsRefusedInOneLine(String words, String complaint) {
        assertThat(job(words)).isEqualTo(2);

        assertThat(command.complaints().lines().findFirst().orElseThrow()).contains(complaint);
        assertThat(command.complaints().lines())
                .as("the line, and perhaps what the option might have been")
                .hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--batching.max-frame=8 | option batching.max-frame is not known: did you mean"
                        + " batching.max-frames?",
                "--live.max-age=soon | option live.max-age is soon: it must be a duration such as"
                        + " 500 ms or 5 s",
                "--live.max-age 30 s | option --live.max-age has two words, 30 and s: write"
                        + " --live.max-age '30 s' or --live.max-age 30s",
                "--ordering.flush-after=500 ms | option --ordering.flush-after has two words, 500"
                        + " and ms: write --ordering.flush-after '500 ms' or",
                "--result.max-bytes 64 MiB | option --result.max-bytes has two words, 64 and MiB:",
                "--flink.taskmanager.memory.managed.size 1 gb | has two words, 1 and gb: write",
                "--kafka.properties.sasl.password 12 s | a word behind a value is not an option: write",
                "--job.name=hall 1 s | a word behind --job.name is not an option: write --key value",
                "--cameras.dock-3.fx=-5 | option cameras.dock-3.fx is -5: must be positive",
                "--lifting.range-lo=5 --lifting.range-hi=1 | options lifting.range-lo and"
                        + " lifting.range-hi are 5 and 1: the first must not be greater",
                "--topics.rejected=liftstream.depth | options topics.depth and topics.rejected are"
                        + " both liftstream.depth: name another topic",
                "--source.start=2026-01-31 | option source.start: 2026-01-31 is not a position: write",
                "--flink.execution.checkpointing.dir=file:///dev/null/x | option"
                        + " flink.execution.checkpointing.dir is file:///dev/null/x: /dev/null is a"
                        + " file; name a folder",
                "--flink.execution.checkpointing.dir=s3://bucket/x | is s3://bucket/x: this command can"
                        + " write checkpoints only to a local folder, such as file:///var/lib/",
                "--flink.execution.checkpointing.dir=foo://b/x | is foo://b/x: this command can"
                        + " write checkpoints only to a local folder, such as file:///var/lib/",
                "--model.default=nope | option model.default is nope: there is no model of this"
                        + " name; give a model file (.onnx, .pth, .safetensors), an https:// address, or"
                        + " one of: liftstream-tiny, ",
                "--model.default=./nope.onnx | option model.default is ./nope.onnx: there is no such"
                        + " file",
                "--model.default={folder}/text.pth | text.pth: this is not a PyTorch checkpoint or a"
                        + " safetensors file, it looks like text; give the model file as it was"
                        + " published",
                "--flink.taskmanager.numberOfTaskSlots=1 --flink.parallelism.default=2 | option"
                        + " flink.taskmanager.numberOfTaskSlots is 1: the job needs 2 slots",
                "--input.format=png | option input.format is png: it must be liftstream, image,",
                "--kafka.bootstrap-servers=no-such-host.invalid:9092 | the host name"
                        + " no-such-host.invalid cannot be found; check its spelling",
                "--kafka.bootstrap-servers=localhost | localhost: the port is missing; write",
                "--job.mode=reply | option job.mode is reply: it must be live, replay",
            })
    void anOptionIsNamedWithItsValueAndWhatWouldBeRight(String words, String complaint) {
        assertThat(job("conf/local.yaml " + NO_BROKER + " " + words)).isEqualTo(2);

        assertThat(command.complaints().lines()).anyMatch(line -> line.contains(complaint));
        assertThat(command.complaints())
                .doesNotContain("advanced_config")
                .doesNotContain("model_backend");
    }

    @Test
    void aValueWhoseUnitStandsApartIsNotJudgedWithoutIt() {
        assertThat(job("conf/local.yaml " + NO_BROKER + " --live.max-age 30 s")).isEqualTo(2);

        assertThat(command.complaints())
                .startsWith("2 problems:")
                .contains("option --live.max-age has two words, 30 and s")
                .contains("127.0.0.1:1: the connection is refused")
                .doesNotContain("30 ms");
    }

    @Test
    void mistakesOfEveryStageAreSaidAtOnce() {
        int code =
                job(
                        "conf/local.yaml --job.nmae=x --batching.max-frames=many"
                                + " --lifting.near=20 --lifting.fx=-1"
                                + " --flink.parallelism.default=several"
                                + " --flink.execution.checkpointing.dir=s3://bucket/x "
                                + NO_BROKER
                                + " --model.default=./nope.onnx");

        assertThat(code).isEqualTo(2);
        assertThat(command.complaints())
                .startsWith("8 problems:")
                .contains("job.nmae")
                .contains("batching.max-frames is many")
                .contains("lifting.near is 20:")
                .contains("lifting.fx is -1:")
                .contains("flink.parallelism.default has a value that Flink cannot read")
                .contains("s3://bucket/x")
                .contains("127.0.0.1:1: the connection is refused")
                .contains("./nope.onnx: there is no such file");
    }

    @Test
    void aJobWithoutAFolderForCheckpointsAndWithoutABrokerSaysSoInSeconds() {
        long start = System.nanoTime();

        assertThat(job(folder.resolve("plain.yaml").toString())).isEqualTo(2);

        assertThat(command.complaints())
                .contains("option flink.execution.checkpointing.dir is missing: set it to a local")
                .contains("127.0.0.1:1: the connection is refused; is Kafka running there?");
        assertThat(command.output()).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aPortOfTheWebPageThatIsTakenIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(job("conf/local.yaml " + NO_BROKER + " --flink.rest.port=" + port))
                    .isEqualTo(2);

            assertThat(command.complaints())
                    .contains("option flink.rest.port is " + port + ": another program listens");
        }
    }

    @Test
    void aGpuThatIsNotThereIsAskedForByAnOption() {
        assumeTrue(Files.notExists(Path.of("/proc/driver/nvidia")));
        assertThat(job("conf/local.yaml " + NO_BROKER + " --inference.provider=cuda")).isEqualTo(2);

        assertThat(command.complaints())
                .contains("option inference.provider is cuda: no NVIDIA driver was found");
    }

    private int job(String words) {
        List<String> all = new ArrayList<>(List.of("job"));
        all.addAll(Arrays.asList(words.replace("{folder}", folder.toString()).split(" ")));
        return command.run(all.toArray(String[]::new));
    }
}
