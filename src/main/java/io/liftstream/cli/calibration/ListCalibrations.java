package io.liftstream.cli.calibration;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.cli.console.ExitCode;
import io.liftstream.frame.CameraId;
import io.liftstream.job.JobSettings;
import io.liftstream.lifting.calibration.DatedCalibration;
import java.io.PrintWriter;
import java.time.Instant;
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

/** Tells what is on a calibration topic, and what of it counts. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the calibrations on the topic, in its order, and reports which are invalid and"
                    + " why.",
            "Of those published before a frame, the one with the latest start that is not after its"
                    + " capture applies."
        })
final class ListCalibrations implements Callable<Integer> {
    private static final int SHOWN_DIGITS = 12;

    @Mixin private CalibrationArguments arguments;

    @Option(names = "--camera", paramLabel = "ID", description = "Only this camera's.")
    private String camera;

    @Spec private CommandSpec spec;

    @Unmatched private List<String> overrides = new ArrayList<>();

    @Override
    public Integer call() {
        JobSettings settings = arguments.settings(spec, overrides);
        String topic = arguments.topic(settings);
        BrokerArguments.requireTopic(settings.kafka(), topic);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%-8s %-16s %-26s %s%n",
                "offset",
                "camera",
                "holds from",
                "calibration");
        PublishedCalibrations.read(settings, topic).records().stream()
                .filter(judged -> camera == null || camera.equals(judged.published().key()))
                .forEach(judged -> out.println(line(judged)));
        return ExitCode.OK;
    }

    private static String line(PublishedCalibrations.Judged judged) {
        String key = judged.published().key();
        return String.format(
                Locale.ROOT,
                "%-8d %-16s %-26s %s",
                judged.published().provenance().offset(),
                key == null ? "-" : CameraId.isValid(key) ? key : CameraId.quoted(key),
                judged.calibration() == null
                        ? "-"
                        : Instant.ofEpochSecond(0, judged.calibration().validFromNanos()),
                judged.problem() == null
                        ? text(judged.calibration()) + (judged.repeats() ? ", repeats" : "")
                        : "does not count: " + judged.problem());
    }

    /** What a calibration says, in a few words. */
    static String text(DatedCalibration calibration) {
        var k = calibration.lens().intrinsics();
        return String.format(
                Locale.ROOT,
                "%dx%d %s fx %.6g fy %.6g cx %.6g cy %.6g%s%s sha256 %s",
                calibration.lens().width(),
                calibration.lens().height(),
                calibration.lens().model().wireName(),
                k.fx(),
                k.fy(),
                k.cx(),
                k.cy(),
                calibration.pose() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " at %.6g,%.6g,%.6g m",
                                calibration.pose().x(),
                                calibration.pose().y(),
                                calibration.pose().z()),
                calibration.knownPoints().isEmpty()
                        ? ""
                        : " " + calibration.knownPoints().points().size() + " known points",
                calibration.sha256().substring(0, SHOWN_DIGITS));
    }
}
