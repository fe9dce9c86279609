package io.liftstream.cli.console;

import io.liftstream.frame.ForeignText;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What users read of a failure that no command expected: its words, without names of classes. */
public final class FailureText {
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z_][a-z0-9_]*\\.){2,}[A-Z][\\w$]*:? ?");

    private FailureText() {}

    /** One line for a failure, and one for each of its causes that says something else. */
    public static String of(Throwable failure) {
        List<String> lines = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = line(cause);
            if (lines.stream().noneMatch(line -> line.contains(text))) {
                lines.add(text);
            }
            if (cause instanceof FileSystemException) {
                break; // It names the file, and its cause has the system's words alone.
            }
        }
        return "liftstream: " + String.join(System.lineSeparator() + "  caused by ", lines);
    }

    /** One line for a failure alone, to follow other words. */
    public static String line(Throwable failure) {
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        if (failure instanceof CharacterCodingException) {
            return "a text file is not in UTF-8";
        }
        String message = failure.getMessage();
        String words = message == null ? "" : withoutClassNames(message);
        return words.isEmpty() ? "a fault within liftstream" : words;
    }

    /** A message as users read it. */
    public static String withoutClassNames(String message) {
        return ForeignText.printable(CLASS_NAME.matcher(message).replaceAll("").strip());
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission is denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it already exists";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        return failure.getReason() == null ? "it cannot be used" : failure.getReason();
    }
}
