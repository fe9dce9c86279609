package io.liftstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.job.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Each command of README.md and of the commands' own examples is one that the launcher takes. */
class ReadmeCommandsTest {
    private static final String LAUNCHER = "deploy/bin/liftstream ";

    /** What else a reader is told to type. */
    private static final Pattern OTHERS =
            Pattern.compile("mvn verify|flink run -d target/liftstream-\\d.*");

    @ParameterizedTest
    @MethodSource("commandsOfReadme")
    void isTaken(String line) {
        if (OTHERS.matcher(line).matches()) {
            return;
        }
        assertThat(line).startsWith(LAUNCHER);
        requireTaken(line.substring(LAUNCHER.length()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isTakenAsItsHelpShowsIt(String line) {
        requireTaken(line.substring("liftstream ".length()));
    }

    private static void requireTaken(String line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split("\\s+")));
        words.removeIf(word -> word.equals("&"));

        ParseResult parsed = Launcher.commandLine().parseArgs(words.toArray(String[]::new));

        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        words.stream()
                .filter(word -> word.startsWith("conf/"))
                .forEach(file -> assertThat(Path.of(file)).exists());
        List<String> ofTheJob = ofTheJob(words);
        if (!ofTheJob.isEmpty()) {
            ConfigurationLoader.load(null, ofTheJob);
        }
        assertThat(parsed.unmatched()).isEqualTo(unmatchedOf(parsed, ofTheJob));
    }

    /** Options whose keys hold a dot, each with its value. */
    private static List<String> ofTheJob(List<String> words) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).matches("--\\w[\\w-]*\\..*")) {
                found.add(words.get(i));
                if (!words.get(i).contains("=")) {
                    found.add(words.get(i + 1));
                }
            }
        }
        return found;
    }

    /** picocli hands them to the command, or says itself that it knows them not. */
    private static List<String> unmatchedOf(ParseResult parsed, List<String> ofTheJob) {
        return parsed.unmatched().isEmpty() ? List.of() : ofTheJob;
    }

    @Test
    void everyCommandHasAnExample() {
        assertThat(leaves(Launcher.commandLine()))
                .allSatisfy(
                        command ->
                                assertThat(
                                                String.join(
                                                        "\n",
                                                        command.getCommandSpec()
                                                                .usageMessage()
                                                                .description()))
                                        .as(command.getCommandSpec().qualifiedName())
                                        .isNotBlank());
    }

    static Stream<String> commandsOfReadme() throws IOException {
        String page = Files.readString(Path.of("README.md")).replace("\\\n", " ");
        List<String> commands = new ArrayList<>();
        // Blocks that name a language are of it.
        String[] parts = page.split("(?m)^```", -1);
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith("\n")) {
                parts[i].lines()
                        .map(String::strip)
                        .filter(line -> line.matches("(deploy/|mvn|flink|liftstream).*"))
                        .forEach(commands::add);
            }
        }
        Pattern.compile("`(deploy/bin/liftstream [^`]+)`")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .forEach(commands::add);
        assertThat(commands).hasSizeGreaterThan(20);
        return commands.stream();
    }

    static Stream<String> examples() {
        return commands(Launcher.commandLine())
                .flatMap(
                        command ->
                                Stream.of(command.getCommandSpec().usageMessage().footer())
                                        .map(String::strip)
                                        .filter(line -> line.startsWith("liftstream ")));
    }

    private static List<CommandLine> leaves(CommandLine root) {
        return commands(root).filter(command -> command.getSubcommands().isEmpty()).toList();
    }

    private static Stream<CommandLine> commands(CommandLine root) {
        return Stream.concat(
                Stream.of(root),
                root.getSubcommands().values().stream().flatMap(ReadmeCommandsTest::commands));
    }
}
