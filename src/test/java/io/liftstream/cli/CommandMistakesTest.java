package io.liftstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users do wrong with the commands around the job, and the line that they read. */
class CommandMistakesTest {
    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(folder.resolve("file"), "no folder");
        Files.writeString(folder.resolve("text.mcap"), "no recording");
        Files.writeString(folder.resolve("text.onnx"), "no model");
        Files.createDirectory(folder.resolve("empty"));
        Files.createDirectory(folder.resolve("phone"));
        Files.writeString(folder.resolve("phone/1.heic"), "a phone's picture");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // publish
                "publish nowhere.mp4 --camera a | nowhere.mp4 does not exist: publish takes a folder",
                "publish {folder}/empty --camera a --fps 1 --dry-run | empty has no images; their"
                        + " names must end in .jpg",
                "publish {folder}/phone --camera a --fps 1 --dry-run | phone has no images; their"
                        + " names must end in .jpg",
                "publish {folder}/phone --camera hall/1 | option --camera is \"hall/1\": it must be",
                "publish {folder}/phone | Missing required option: '--camera=ID'",
                "publish {folder}/phone --camera a --fps 0 | option --fps is 0: it must be more",
                "publish rtsp://127.0.0.1:1/a --camera a --fps 5 | are for recordings: a live camera"
                        + " has its own times",
                "publish {folder}/phone --camera a --start yesterday | Invalid value for option"
                        + " '--start': 'yesterday' is not an instant such as 2026-01-31T08:00:00Z",
                // demo
                "demo --model.default nope.onnx | option model.default is nope.onnx: there is no"
                        + " such file; give a model file",
                "demo --frames 0 --fps -1 | option --frames is 0: it must be more than 0",
                "demo --images nowhere | option --images is nowhere: it must be a folder of images",
                "demo --images {folder}/empty | empty has no images",
                "demo --out {folder}/file | --out {folder}/file: it is a file; choose another folder",
                "demo --out {folder}/file/x | --out {folder}/file/x: {folder}/file is a file; choose",
                "demo --out /proc/x/y | --out /proc/x/y: /proc cannot be written to; choose another folder",
                // around topics
                "topics create --bootstrap-servers 127.0.0.1:1 | the connection is refused; is Kafka"
                        + " running there? Start a broker here with: liftstream broker start",
                "topics check | option kafka.bootstrap-servers is missing: name the brokers",
                "rejected --bootstrap-servers no-such-host.invalid:9092 | the host name",
                "rejected --bootstrap-servers 127.0.0.1:1 --reason LATER | LATER",
                "export --bootstrap-servers localhost --out o | localhost: the port is missing",
                "export --bootstrap-servers 127.0.0.1:1 --out o --follow | --follow needs --mcap"
                        + " FILE",
                "audit --bootstrap-servers 127.0.0.1:1 --to tomorrow | option --to: tomorrow is not a"
                        + " position",
                "replay conf/replay.yaml --output-topic t --from yesterday --to soon | option --from:"
                        + " yesterday is not a position",
                "calibration list --bootstrap-servers 127.0.0.1:1 | the connection is refused",
                // view
                "view --bootstrap-servers 127.0.0.1:1 | the connection is refused",
                "export --bootstrap-servers 127.0.0.1:1 --mcap nowhere/a.mcap | --mcap nowhere/a.mcap:"
                        + " there is no folder",
                "topics | Usage: liftstream topics",
                "view nowhere.mcap | nowhere.mcap: there is no such recording",
                "view {folder}/text.mcap | is not an MCAP file",
                "view hall.mcap --from 2026-01-31T08:00:00Z --read-committed | --from, --read-committed:"
                        + " only for topics; the recording hall.mcap is shown from its beginning",
                "view hall.mcap --topic b --bootstrap-servers 127.0.0.1:1 | --topic,"
                        + " --bootstrap-servers: only for topics",
                "view hall.mcap --bnid 0.0.0.0 | Unknown option: '--bnid'; did you mean --bind?",
                "view hall.mcap yard.mcap | Unmatched argument: 'yard.mcap'",
                "view hall.mcap --kafka.properties.sasl.jaas.config secret | Unmatched argument:"
                        + " '--kafka.properties.sasl.jaas.config'",
                "view --bootstrap-servers 127.0.0.1:1 --from yesterday | option --from is yesterday:",
                // demo
                "demo --kafka.bootstrap-servers a:1 | option kafka.bootstrap-servers cannot be set: the"
                        + " demo starts a broker of its own",
                "demo --job.mode replay | option job.mode cannot be set: the demo's job is always live",
                // model
                "model inspect nowhere | nowhere: there is no model or file of this name; give a model file",
                "model inspect {folder}/text.onnx | text.onnx",
                "model pull https://no-such-host.invalid/m.onnx | the host name no-such-host.invalid"
                        + " cannot be found); download it on another machine",
                // the launcher itself
                "lfit a.jpg | Unknown command: 'lfit'; did you mean lift?",
                "lift a.jpg --otu x | Unknown option: '--otu'; did you mean --out?",
                "help lfit | Unknown subcommand 'lfit'",
                "broker start --port 0 | option --port is 0: it must be from 1 to 65535",
                "cluster start --task-managers 0 | option --task-managers is 0: it must be at least 1",
            })
    void isRefusedBeforeAnythingIsDone(String words, String complaint) {
        String typed = words.replace("{folder}", folder.toString());

        int code = command.run(typed.split(" "));

        assertThat(command.complaints())
                .contains(complaint.replace("{folder}", folder.toString()))
                .doesNotContain("LIFTSTREAM_TRACE")
                .doesNotContain("model_backend");
        assertThat(code).as(Arrays.toString(typed.split(" "))).isEqualTo(2);
        assertThat(command.output()).isEmpty();
    }
}
