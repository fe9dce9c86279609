package io.liftstream.cli.console;

import io.liftstream.model.catalogue.NearestName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is said of a command line that cannot be read: what is wrong with it, all of it, and where
 * help is. The help itself, which picocli prints, would push that out of sight.
 */
public final class UsageErrors implements IParameterExceptionHandler {

    /**
     * Makes a command line tell of its errors so.
     *
     * @param commandLine with all its commands
     */
    public static void handleIn(CommandLine commandLine) {
        commandLine.setParameterExceptionHandler(new UsageErrors());
        commandLine.registerConverter(Instant.class, UsageErrors::instant);
        commandLine.registerConverter(Double.class, UsageErrors::number);
        commandLine.registerConverter(double.class, UsageErrors::number);
        commandLine.registerConverter(Integer.class, UsageErrors::wholeNumber);
        commandLine.registerConverter(int.class, UsageErrors::wholeNumber);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + text + "' is not an instant such as 2026-01-31T08:00:00Z");
        }
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a number");
        }
    }

    private static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
    }

    @Override
    public int handleParseException(ParameterException failure, String[] words) {
        CommandLine command = failure.getCommandLine();
        if (isWithoutItsSecondWord(failure)) {
            command.usage(command.getErr());
            return ExitCode.USAGE;
        }
        lines(failure).forEach(command.getErr()::println);
        command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** As liftstream alone, or liftstream topics: which words there are is asked. */
    private static boolean isWithoutItsSecondWord(ParameterException failure) {
        return failure.getMessage().startsWith("Missing required subcommand");
    }

    private static List<String> lines(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        List<String> lines = new ArrayList<>();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            lines.addAll(unknown(command, unmatched.getUnmatched()));
        } else {
            lines.add(failure.getMessage());
            // picocli stops at what is missing, which may only be misspelt.
            if (failure instanceof MissingParameterException) {
                lines.addAll(unknown(command, optionsOf(command.getUnmatchedArguments())));
            }
        }
        return lines;
    }

    /** Options of the job, whose keys hold a dot, are judged with its configuration. */
    private static List<String> optionsOf(List<String> words) {
        return words.stream().filter(word -> word.startsWith("-") && !word.contains(".")).toList();
    }

    private static List<String> unknown(CommandLine command, List<String> words) {
        if (words.isEmpty()) {
            return List.of();
        }
        List<String> options = optionsOf(words);
        if (!options.isEmpty()) {
            Set<String> known = command.getCommandSpec().optionsMap().keySet();
            return options.stream()
                    .map(option -> "Unknown option: '" + option + "'" + nearest(option, known))
                    .toList();
        }
        Set<String> commands = command.getSubcommands().keySet();
        return List.of(
                commands.isEmpty()
                        ? "Unmatched argument: '" + String.join("', '", words) + "'"
                        : "Unknown command: '"
                                + words.get(0)
                                + "'"
                                + nearest(words.get(0), commands));
    }

    private static String nearest(String word, Set<String> known) {
        String typed = word.replaceFirst("=.*", "");
        return NearestName.of(typed, known).map(name -> "; did you mean " + name + "?").orElse("");
    }
}
