package io.liftstream.cli.lift;

import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The camera's and the scale's options of {@code lift}. */
final class LiftingArguments {
    private static final String FIELD_PREFIX = "advanced_config.";

    @Option(
            names = "--fx",
            description = "Focal length, pixels. Default: 525/800 of the image's diagonal.")
    private Double fx;

    @Option(
            names = "--fy",
            description = "Focal length, pixels. Default: 525/800 of the image's diagonal.")
    private Double fy;

    @Option(
            names = "--cx",
            description = "Principal point, pixels. Default: the middle, (columns - 1) / 2.")
    private Double cx;

    @Option(
            names = "--cy",
            description = "Principal point, pixels. Default: the middle, (rows - 1) / 2.")
    private Double cy;

    @Option(names = "--depth-scale", description = "Raw uint16 depth per metre. Default: 1000.")
    private Double depthScale;

    @Option(
            names = "--depth-trunc",
            description =
                    "Metres; points at or beyond it are dropped. Default: the max-depth of a metric model,"
                            + " else 10.")
    private Double depthTrunc;

    @Option(names = "--near", description = "Metres (inverse). Default: 0.5.")
    private Double near;

    @Option(names = "--far", description = "Metres (inverse). Default: depth-trunc.")
    private Double far;

    @Option(
            names = "--depth-mapping",
            description = "${COMPLETION-CANDIDATES}. Default: the model's.")
    private DepthMapping depthMapping;

    @Option(names = "--axes", description = "${COMPLETION-CANDIDATES}. Default: OPTICAL.")
    private Axes axes;

    @Option(
            names = "--edge-filter",
            description = "Drop points at jumps of this share, such as 0.04. Default: 0, none.")
    private Double edgeFilter;

    @Option(names = "--mesh-step", description = "Pixels between vertices: 1, 2, 4. Default: 2.")
    private Integer meshStep;

    /**
     * What was given.
     *
     * @throws InvalidConfigurationException for a value out of range, naming its option
     */
    DepthEstimationAdvanceConfig config() {
        DepthEstimationAdvanceConfig config =
                DepthEstimationAdvanceConfig.builder()
                        .fx(fx)
                        .fy(fy)
                        .cx(cx)
                        .cy(cy)
                        .depthScale(depthScale)
                        .depthTrunc(depthTrunc)
                        .near(near)
                        .far(far)
                        .depthMapping(depthMapping)
                        .axes(axes)
                        .edgeFilter(edgeFilter)
                        .meshStep(meshStep)
                        .build();
        try {
            config.check();
        } catch (LiftingException e) {
            throw new InvalidConfigurationException(
                    List.of(e.named(optionOf(e.field())).getMessage()));
        }
        return config;
    }

    /** What was given and has no effect on a depth of this mapping, a line each. */
    List<String> unused(DepthMapping mapping, boolean mesh) {
        List<String> lines = new ArrayList<>();
        if (mapping != DepthMapping.INVERSE) {
            String why = "only the INVERSE mapping uses it, and this depth is " + mapping;
            remarkUnused("--near", near, why, lines);
            remarkUnused("--far", far, why, lines);
        }
        if (!mesh) {
            remarkUnused("--mesh-step", meshStep, "it is for --mesh", lines);
        }
        return lines;
    }

    private static void remarkUnused(String option, Object value, String why, List<String> lines) {
        if (value != null) {
            lines.add(option + " has no effect: " + why);
        }
    }

    private static String optionOf(String field) {
        return "--" + field.replace(FIELD_PREFIX, "").replace('_', '-');
    }

    /** Whether the user knows how many raw units make a metre. */
    boolean hasDepthScale() {
        return depthScale != null;
    }

    /** Where an image's intrinsics come from. */
    String intrinsicsSource() {
        return Stream.of(fx, fy, cx, cy).anyMatch(value -> value == null)
                ? "SCALED_DEFAULT"
                : "OPTIONS";
    }
}
