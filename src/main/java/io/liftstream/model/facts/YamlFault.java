package io.liftstream.model.facts;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is wrong with a YAML file, and where, on one line. What stands there is not shown, as the
 * parser would: it may be a password.
 */
public final class YamlFault {
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    private YamlFault() {}

    /**
     * {@return the place and the problem}
     *
     * @param failure of reading the file
     */
    public static String of(JsonProcessingException failure) {
        JsonLocation place = failure.getLocation();
        String where =
                place == null
                        ? ""
                        : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
        return where
                + (failure instanceof JsonMappingException wrong
                        ? problemOf(wrong)
                        : problemOf(failure.getOriginalMessage()));
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

    /** The parser's own lines begin at the left; those of the file, which it shows, do not. */
    private static String problemOf(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .map(line -> QUOTED.matcher(line).replaceAll(YamlFault::quoted))
                .map(line -> line.replaceAll("\\b(alias|anchor|key|tag|handle|directive) .*", "$1"))
                .collect(Collectors.joining(", "));
    }
}
