package io.liftstream.job;

import static io.liftstream.job.InputOptions.*;

import com.fasterxml.jackson.core.JsonPointer;
import io.liftstream.frame.CameraId;
import io.liftstream.input.InputFormat;
import io.liftstream.input.InputSettings;
import io.liftstream.input.ValueSource;
import io.liftstream.input.ValueSource.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads how the records of the frames topic become frames, or says what is wrong with it. */
final class InputSettingsReader {
    private static final Set<Kind> CAMERAS = EnumSet.of(Kind.KEY, Kind.HEADER, Kind.FIELD, Kind.ID);
    private static final Set<Kind> TIMES = EnumSet.of(Kind.RECORD, Kind.HEADER, Kind.FIELD);

    private final Configuration configuration;
    private final List<String> problems;
    private final InputFormat format;

    /**
     * @param problems gets a line for each
     */
    InputSettingsReader(Configuration configuration, List<String> problems) {
        this.configuration = configuration;
        this.problems = problems;
        this.format = configuration.get(INPUT_FORMAT);
    }

    /** The settings; worth something where no problem was found. */
    InputSettings read() {
        if (format == InputFormat.LIFTSTREAM) {
            refuseSet(INPUT_CAMERA, "a CameraFrame names its camera itself");
            refuseSet(INPUT_TIME, "a CameraFrame has its capture time itself");
        }
        if (format != InputFormat.JSON) {
            refuseSet(INPUT_IMAGE, "it is the place of an image in a JSON object");
        }
        return new InputSettings(
                format,
                configuration.get(INPUT_FRAMING),
                place(INPUT_CAMERA, configuration.get(INPUT_CAMERA), CAMERAS, "frame_id"),
                place(INPUT_TIME, timeText(), TIMES, "timestamp"),
                image());
    }

    private void refuseSet(ConfigOption<String> option, String why) {
        if (configuration.contains(option)) {
            problems.add(
                    "option "
                            + option.key()
                            + " is "
                            + configuration.get(option)
                            + ": leave it out with input.format "
                            + format.name().toLowerCase(Locale.ROOT)
                            + ", "
                            + why);
        }
    }

    private String timeText() {
        return configuration
                .getOptional(INPUT_TIME)
                .orElse(
                        switch (format) {
                            case LIFTSTREAM, IMAGE -> "record";
                            case JSON -> "field:/time";
                            case FOXGLOVE -> "field:timestamp";
                        });
    }

    private ValueSource place(
            ConfigOption<String> option, String text, Set<Kind> kinds, String foxgloveField) {
        ValueSource place = ValueSource.parse(text);
        boolean right =
                place != null
                        && kinds.contains(place.kind())
                        && (place.kind() != Kind.FIELD || isField(place.name(), foxgloveField))
                        && (place.kind() != Kind.ID || CameraId.isValid(place.name()));
        if (!right) {
            problems.add(
                    "option "
                            + option.key()
                            + " is "
                            + text
                            + ": it must be "
                            + (kinds == CAMERAS ? "key, " : "record, ")
                            + "header:NAME"
                            + fields(foxgloveField)
                            + (kinds == CAMERAS ? " or id:CAMERA, a camera id" : ""));
        }
        return place;
    }

    private boolean isField(String name, String foxgloveField) {
        return switch (format) {
            case JSON -> isPointer(name);
            case FOXGLOVE -> name.equals(foxgloveField);
            case LIFTSTREAM, IMAGE -> false;
        };
    }

    private String fields(String foxgloveField) {
        return switch (format) {
            case JSON -> ", field:/pointer";
            case FOXGLOVE -> ", field:" + foxgloveField;
            case LIFTSTREAM, IMAGE -> "";
        };
    }

    private String image() {
        String pointer = configuration.get(INPUT_IMAGE);
        if (!isPointer(pointer)) {
            problems.add(
                    "option input.image is "
                            + pointer
                            + ": it must be a JSON pointer such as /image or /data/jpeg");
        }
        return pointer;
    }

    private static boolean isPointer(String text) {
        try {
            return text.startsWith("/") && JsonPointer.compile(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
