package io.liftstream.cli.calibration;

import io.liftstream.cli.console.ExitCode;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.Provenance;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.job.JobSettings;
import io.liftstream.kafka.CalibrationPublisher;
import io.liftstream.kafka.TopicChecks;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.wire.CalibrationCodec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Publishes the calibration of one camera. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes the calibration of a camera from a camera_info YAML of ROS or OpenCV. Creates"
                    + " the topic if it does not exist: one partition, LogAppendTime, unlimited retention.",
            "Applies to frames that are published later and captured at --valid-from or later."
                    + " Invalid calibrations are refused."
        },
        footer = {
            "",
            "Example:",
            "  liftstream calibration publish conf/live.yaml --camera gate --file gate.yaml --pose"
                    + " 1.5,0,2;-0.5,0.5,-0.5,0.5"
        })
final class PublishCalibration implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @Mixin private CalibrationArguments arguments;

    @Option(names = "--camera", required = true, paramLabel = "ID", description = "The camera.")
    private String camera;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE.yaml",
            description = "Its camera_info YAML.")
    private Path file;

    @Option(
            names = "--valid-from",
            paramLabel = "INSTANT",
            description =
                    "The capture time from which it applies, such as 2026-01-31T08:00:00Z. Default: now.")
    private String validFrom;

    @Option(
            names = "--pose",
            paramLabel = "POSE",
            description =
                    "Where the camera stands: x,y,z;qx,qy,qz,qw, metres and a unit quaternion that"
                            + " turns the camera's axes (x right, y down, z forward) to the world's.")
    private String pose;

    @Option(
            names = "--known-points",
            paramLabel = "POINTS",
            description =
                    "Two or more surveyed distances: column,row,metres;column,row,metres, in pixels of"
                            + " the calibrated pictures, along the optical axis. They make metres of"
                            + " relative depth.")
    private String knownPoints;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        JobSettings settings = arguments.settings(spec, overrides);
        String topic = arguments.topic(settings);
        CameraInfoFile info = CameraInfoFile.read(file);
        Instant from = instant();
        byte[] value =
                CalibrationCodec.encode(
                        info.lens(), info.rectification(), pose(), knownPoints(), nanos(from));
        PrintWriter out = spec.commandLine().getOut();
        CalibrationPublisher publisher = new CalibrationPublisher(settings.kafka(), topic);
        if (publisher.createTopic()) {
            out.printf(Locale.ROOT, "Created topic %s.%n", topic);
        }
        requireRightTopic(settings, topic);
        PublishedCalibrations.Judged judged = judge(settings, topic, value);
        if (judged.repeats()) {
            out.printf(
                    Locale.ROOT,
                    "Camera %s has this calibration already: nothing was published.%n",
                    camera);
            return ExitCode.OK;
        }
        long offset = publisher.publish(camera, value);
        out.printf(
                Locale.ROOT,
                "Published at offset %d of %s: camera %s, from %s on: %s%n",
                offset,
                topic,
                camera,
                from,
                ListCalibrations.text(judged.calibration()));
        return ExitCode.OK;
    }

    private Instant instant() {
        try {
            return validFrom == null ? Instant.now() : Instant.parse(validFrom);
        } catch (DateTimeParseException e) {
            throw refused(
                    "option --valid-from is "
                            + validFrom
                            + ": it must be an instant such as 2026-01-31T08:00:00Z");
        }
    }

    private static long nanos(Instant time) {
        try {
            return Math.addExact(
                    Math.multiplyExact(time.getEpochSecond(), NANOS_PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            throw refused("option --valid-from is " + time + ": it must lie between 1970 and 2200");
        }
    }

    private CameraPose pose() {
        try {
            return pose == null ? null : CameraPose.parse(pose);
        } catch (IllegalArgumentException e) {
            throw refused("option --pose: " + e.getMessage());
        }
    }

    private KnownPoints knownPoints() {
        try {
            return knownPoints == null ? KnownPoints.NONE : KnownPoints.parse(knownPoints);
        } catch (IllegalArgumentException e) {
            throw refused("option --known-points: " + e.getMessage());
        }
    }

    private static void requireRightTopic(JobSettings settings, String topic) {
        try (TopicChecks checks = new TopicChecks(settings.kafka())) {
            List<String> problems = checks.calibrationProblems(topic);
            if (!problems.isEmpty()) {
                throw new InvalidConfigurationException(problems);
            }
        } catch (IllegalStateException e) {
            throw refused(e.getMessage());
        }
    }

    private PublishedCalibrations.Judged judge(JobSettings settings, String topic, byte[] value) {
        PublishedCalibrations.Judged judged =
                PublishedCalibrations.read(settings, topic)
                        .judge(
                                new CalibrationRecord(
                                        camera,
                                        value,
                                        new Provenance(topic, 0, 0, System.currentTimeMillis())));
        if (judged.problem() != null) {
            throw refused("camera " + camera + ": " + judged.problem());
        }
        return judged;
    }

    private static InvalidConfigurationException refused(String problem) {
        return new InvalidConfigurationException(List.of(problem));
    }
}
