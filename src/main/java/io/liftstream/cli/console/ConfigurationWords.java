package io.liftstream.cli.console;

import io.liftstream.job.InvalidConfigurationException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Refuses misspelt options: of a command line's words that are not the command's own options, those
 * that cannot be the job's either.
 */
public final class ConfigurationWords {

    private ConfigurationWords() {}

    /**
     * Refuses what cannot be an option of the job, whose keys all hold a dot: a misspelt option of
     * the command itself; and an option of the job before the command's own word.
     *
     * @param command whose options are suggested
     * @param words the words that would go to the configuration
     * @throws CommandLine.UnmatchedArgumentException with the command's nearest options
     * @throws InvalidConfigurationException where the command took the value of an option of the
     *     job for its own word
     */
    public static void requireKeys(CommandSpec command, List<String> words) {
        for (String word : words) {
            if (word.startsWith("--") && !word.contains(".")) {
                throw new CommandLine.UnmatchedArgumentException(
                        command.commandLine(), List.of(word.replaceAll("=.*", "=...")));
            }
        }
        requireFileFirst(command, words);
    }

    /**
     * Refuses every word, for a command that needs no job's configuration as it is called: an
     * option of the job, which would not count, as well as a misspelt option and a second file.
     *
     * @param command whose options are suggested
     * @param words the words that would go to the configuration
     * @throws CommandLine.UnmatchedArgumentException with the words, but not with what may be the
     *     value of an option
     */
    public static void requireNone(CommandSpec command, List<String> words) {
        requireKeys(command, words);
        List<String> keys =
                words.stream()
                        .filter(word -> word.startsWith("-"))
                        .map(word -> word.replaceAll("=.*", "=..."))
                        .toList();
        if (!words.isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(
                    command.commandLine(), keys.isEmpty() ? words : keys);
        }
    }

    /**
     * A value behind an option of the job is taken for the command's own word if none came before.
     */
    private static void requireFileFirst(CommandSpec command, List<String> words) {
        List<String> typed = command.root().commandLine().getParseResult().originalArgs();
        for (ArgSpec own : command.commandLine().getParseResult().matchedPositionals()) {
            for (String value : own.originalStringValues()) {
                int place = typed.indexOf(value);
                if (place > 0
                        && words.contains(typed.get(place - 1))
                        && !typed.get(place - 1).contains("=")) {
                    throw new InvalidConfigurationException(
                            List.of(misplaced(typed.get(place - 1), own)));
                }
            }
        }
    }

    /** Without the value, which may be a password. */
    private static String misplaced(String key, ArgSpec own) {
        return own.paramLabel()
                + " must come before "
                + key
                + (own.required() ? "" : "; without it, write " + key + "=value");
    }
}
