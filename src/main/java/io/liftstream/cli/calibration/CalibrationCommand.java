package io.liftstream.cli.calibration;

import picocli.CommandLine.Command;

/** {@code liftstream calibration}: what is published about cameras' lenses and places. */
@Command(
        name = "calibration",
        mixinStandardHelpOptions = true,
        description = "Calibrations of cameras: publish, list.",
        subcommands = {PublishCalibration.class, ListCalibrations.class},
        footer = {
            "",
            "Examples:",
            "  liftstream calibration publish conf/live.yaml --camera gate --file gate.yaml",
            "  liftstream calibration list conf/live.yaml"
        })
public final class CalibrationCommand {
    /** Where the configuration names no topic. */
    static final String DEFAULT_TOPIC = "liftstream.calibration";

    private CalibrationCommand() {}
}
