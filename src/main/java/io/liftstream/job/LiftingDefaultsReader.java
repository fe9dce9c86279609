package io.liftstream.job;

import io.liftstream.frame.CameraId;
import io.liftstream.frame.LiftingException;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.FixedRange;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.surface.DepthEdges;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads {@code lifting.*} and, by the same names, {@code cameras.<camera id>.*}. */
final class LiftingDefaultsReader {

    private static final String LIFTING_PREFIX = "lifting.";
    private static final String FIELD_PREFIX = "advanced_config.";

    /** What the job does and the library does not, unless it is told otherwise. */
    private static final LiftingDefaults JOB_DEFAULTS =
            new LiftingDefaults(
                    null,
                    null,
                    null,
                    DepthEstimationAdvanceConfig.builder()
                            .edgeFilter(DepthEdges.DEFAULT_MAX_JUMP)
                            .build());

    private final Configuration configuration;
    private final List<String> problems;

    /** A camera id may hold dots, an option's name does not. */
    private final Map<String, Configuration> byCamera = new TreeMap<>();

    LiftingDefaultsReader(Configuration configuration, List<String> problems) {
        this.configuration = configuration;
        this.problems = problems;
        configuration
                .toMap()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(LiftstreamOptions.CAMERAS_PREFIX)) {
                                add(key, value);
                            }
                        });
    }

    /** How cameras get their metres. */
    CameraGeometryReader geometry() {
        return new CameraGeometryReader(configuration, byCamera, problems);
    }

    LiftingDefaults defaults() {
        LiftingDefaults defaults = JOB_DEFAULTS.overriddenBy(read("lifting", configuration));
        check("lifting", defaults.config());
        return defaults;
    }

    /** Defaults by camera. */
    Map<String, LiftingDefaults> cameras(LiftingDefaults job) {
        Map<String, LiftingDefaults> defaults = new TreeMap<>();
        byCamera.forEach(
                (camera, own) -> {
                    LiftingDefaults read = read(LiftstreamOptions.CAMERAS_PREFIX + camera, own);
                    check(
                            LiftstreamOptions.CAMERAS_PREFIX + camera,
                            job.overriddenBy(read).config());
                    defaults.put(camera, read);
                });
        return defaults;
    }

    private void add(String key, String value) {
        String rest = key.substring(LiftstreamOptions.CAMERAS_PREFIX.length());
        int dot = rest.lastIndexOf('.');
        String name = LIFTING_PREFIX + rest.substring(dot + 1);
        boolean known =
                LiftstreamOptions.all().stream().anyMatch(option -> option.key().equals(name));
        if (dot > 0 && !CameraId.isValid(rest.substring(0, dot))) {
            problems.add("option " + key + " names no camera: an id is " + CameraId.RULE);
        } else if (dot <= 0 || !known) {
            problems.add(
                    "option "
                            + key
                            + " is not known: write cameras.<camera id>.<name> with a name of"
                            + " lifting.<name>");
        } else {
            byCamera.computeIfAbsent(rest.substring(0, dot), id -> new Configuration())
                    .setString(name, value);
        }
    }

    private LiftingDefaults read(String place, Configuration values) {
        Double lo = number(place, values, LiftingOptions.RANGE_LO);
        Double hi = number(place, values, LiftingOptions.RANGE_HI);
        if ((lo == null) != (hi == null)) {
            problems.add(place + ": range-lo and range-hi must be set together");
        }
        DepthEstimationAdvanceConfig config =
                DepthEstimationAdvanceConfig.builder()
                        .fx(number(place, values, LiftingOptions.FX))
                        .fy(number(place, values, LiftingOptions.FY))
                        .cx(number(place, values, LiftingOptions.CX))
                        .cy(number(place, values, LiftingOptions.CY))
                        .depthScale(number(place, values, LiftingOptions.DEPTH_SCALE))
                        .depthTrunc(number(place, values, LiftingOptions.DEPTH_TRUNC))
                        .near(number(place, values, LiftingOptions.NEAR))
                        .far(number(place, values, LiftingOptions.FAR))
                        .depthMapping(value(place, values, LiftingOptions.DEPTH_MAPPING))
                        .fixedRange(lo == null || hi == null ? null : new FixedRange(lo, hi))
                        .axes(value(place, values, LiftingOptions.AXES))
                        .edgeFilter(number(place, values, LiftingOptions.EDGE_FILTER))
                        .meshStep(value(place, values, LiftingOptions.MESH_STEP))
                        .meshMaxAngle(number(place, values, LiftingOptions.MESH_MAX_ANGLE))
                        .build();
        return new LiftingDefaults(
                value(place, values, LiftingOptions.RETURN_DEPTH_IMAGE),
                value(place, values, LiftingOptions.RETURN_POINT_CLOUD),
                value(place, values, LiftingOptions.RETURN_MESH),
                config);
    }

    private void check(String place, DepthEstimationAdvanceConfig config) {
        try {
            config.check();
        } catch (LiftingException e) {
            problems.add(asTyped(place, e).getMessage());
        }
    }

    /** The library names the fields of a message. */
    private static LiftingException asTyped(String place, LiftingException e) {
        String name = e.field().replace(FIELD_PREFIX, "").replace('_', '-');
        return name.equals("fixed-range")
                ? e.between("options " + place + ".range-lo and " + place + ".range-hi")
                : e.named("option " + place + "." + name);
    }

    private Double number(String place, Configuration values, ConfigOption<Double> option) {
        return value(place, values, option);
    }

    private <T> T value(String place, Configuration values, ConfigOption<T> option) {
        return OptionTypes.read(place, values, option, problems);
    }
}
