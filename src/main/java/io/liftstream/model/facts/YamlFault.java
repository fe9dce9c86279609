package io.liftstream.model.facts;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is wrong with a YAML file, and where, on one line. What stands there is not shown, as the
 * parser would: it may be a password.
 */
public final class YamlFault {
    /** How the parser writes a tab that it cannot read. */
    private static final String TAB = "'\\t(TAB)'";

    /**
     * Where the parser found something. Jackson's own place is the end of the last word that could
     * be read, which may be lines before.
     */
    private static final Pattern MARK =
            Pattern.compile("^ in \\S+, (line \\d+, column \\d+):?$", Pattern.MULTILINE);

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private YamlFault() {}

    /**
     * {@return the place and the problem}
     *
     * @param failure of reading the file
     */
    public static String of(JsonProcessingException failure) {
        if (failure instanceof JsonMappingException wrong) {
            return place(failure) + problemOf(wrong);
        }
        String message = String.valueOf(failure.getOriginalMessage());
        List<String> marks = MARK.matcher(message).results().map(mark -> mark.group(1)).toList();
        if (marks.isEmpty()) {
            return place(failure) + String.join(", ", texts(message));
        }
        String place = marks.get(marks.size() - 1) + ": ";
        if (message.contains(TAB)) {
            return place + "a tab character; indent with spaces";
        }
        List<String> texts = texts(message);
        String context =
                texts.size() == 2 && marks.size() == 2
                        ? ", " + texts.get(0) + " that begins at " + marks.get(0)
                        : "";
        return place + texts.get(texts.size() - 1) + context;
    }

    private static String place(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        return place == null
                ? ""
                : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    }

    private static String problemOf(JsonMappingException wrong) {
        String key =
                wrong.getPath().stream()
                        .map(part -> part.getFieldName() == null ? "?" : part.getFieldName())
                        .collect(Collectors.joining("."));
        return wrong instanceof UnrecognizedPropertyException
                ? "there is no key " + key
                : "the value of " + key + " is missing or not of its type";
    }

    /** A single character is of YAML's own signs, and no password. */
    private static String quoted(MatchResult text) {
        return text.group(1).length() == 1 ? Matcher.quoteReplacement(text.group()) : "'...'";
    }

    /**
     * What the parser says, first of what the fault belongs to, then of the fault. Its own lines
     * begin at the left; those of the file, which it shows, do not.
     */
    private static List<String> texts(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .map(line -> QUOTED.matcher(line).replaceAll(YamlFault::quoted))
                .map(line -> line.replaceAll("\\b(alias|anchor|key|tag|handle|directive) .*", "$1"))
                .map(line -> line.replace("flow sequence", "list in [ ]"))
                .map(line -> line.replace("flow mapping", "mapping in { }"))
                .toList();
    }
}
