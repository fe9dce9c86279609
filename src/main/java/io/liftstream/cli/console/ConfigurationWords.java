package io.liftstream.cli.console;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Refuses misspelt options: of a command line's words that are not the command's own options, those
 * that cannot be the job's either.
 */
public final class ConfigurationWords {

    private ConfigurationWords() {}

    /**
     * Refuses what cannot be an option of the job, whose keys all hold a dot: a misspelt option of
     * the command itself.
     *
     * @param command whose options are suggested
     * @param words the words that would go to the configuration
     * @throws CommandLine.UnmatchedArgumentException with the command's nearest options
     */
    public static void requireKeys(CommandSpec command, List<String> words) {
        for (String word : words) {
            if (word.startsWith("--") && !word.contains(".")) {
                throw new CommandLine.UnmatchedArgumentException(
                        command.commandLine(), List.of(word.replaceAll("=.*", "=...")));
            }
        }
    }
}
