package io.liftstream.job;

import io.liftstream.frame.Intrinsics;
import io.liftstream.lifting.CameraGeometry;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.scale.KnownPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads what cameras need to get metres: their scale, known points, lens and pose. */
final class CameraGeometryReader {
    private static final List<ConfigOption<?>> OF_ONE_CAMERA =
            List.of(
                    LiftingOptions.KNOWN_POINTS,
                    LiftingOptions.POSE,
                    LiftingOptions.LENS_MODEL,
                    LiftingOptions.LENS_PARAMETERS,
                    LiftingOptions.CALIBRATED_WIDTH,
                    LiftingOptions.CALIBRATED_HEIGHT);

    /** What a calibration consists of. */
    private static final List<ConfigOption<?>> CALIBRATION =
            List.of(
                    LiftingOptions.LENS_MODEL,
                    LiftingOptions.LENS_PARAMETERS,
                    LiftingOptions.CALIBRATED_WIDTH,
                    LiftingOptions.CALIBRATED_HEIGHT,
                    LiftingOptions.FX,
                    LiftingOptions.FY,
                    LiftingOptions.CX,
                    LiftingOptions.CY);

    private static final int ALONE = 4;

    private final Configuration configuration;
    private final Map<String, Configuration> byCamera;
    private final List<String> problems;

    CameraGeometryReader(
            Configuration configuration,
            Map<String, Configuration> byCamera,
            List<String> problems) {
        this.configuration = configuration;
        this.byCamera = byCamera;
        this.problems = problems;
    }

    /** Of cameras without options of their own. */
    CameraGeometry ofTheJob() {
        for (ConfigOption<?> option : OF_ONE_CAMERA) {
            if (configuration.contains(option)) {
                problems.add(
                        "option "
                                + option.key()
                                + " is set for all cameras: it is one camera's own, write"
                                + " cameras.<camera id>."
                                + name(option));
            }
        }
        return new CameraGeometry(
                value("lifting", configuration, LiftingOptions.SCALE),
                KnownPoints.NONE,
                null,
                null);
    }

    /** Of cameras with options of their own. */
    Map<String, CameraGeometry> ofCameras() {
        Map<String, CameraGeometry> geometry = new TreeMap<>();
        byCamera.forEach((camera, own) -> geometry.put(camera, read(camera, own)));
        return geometry;
    }

    private CameraGeometry read(String camera, Configuration own) {
        String place = LiftstreamOptions.CAMERAS_PREFIX + camera;
        Configuration scale = own.contains(LiftingOptions.SCALE) ? own : configuration;
        return new CameraGeometry(
                value(place, scale, LiftingOptions.SCALE),
                knownPoints(place, own),
                calibration(place, own),
                pose(place, own));
    }

    private CameraPose pose(String place, Configuration own) {
        String text = value(place, own, LiftingOptions.POSE);
        try {
            return text == null ? null : CameraPose.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(place + ".pose: " + e.getMessage());
            return null;
        }
    }

    private KnownPoints knownPoints(String place, Configuration own) {
        String text = value(place, own, LiftingOptions.KNOWN_POINTS);
        if (text == null) {
            return KnownPoints.NONE;
        }
        if (own.contains(LiftingOptions.RANGE_LO)
                || configuration.contains(LiftingOptions.RANGE_LO)) {
            problems.add(
                    place + ": known-points and range-lo, range-hi both fix the scale: set one");
        }
        try {
            return KnownPoints.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(place + ".known-points: " + e.getMessage());
            return KnownPoints.NONE;
        }
    }

    private CameraCalibration calibration(String place, Configuration own) {
        if (CALIBRATION.subList(0, ALONE).stream().noneMatch(own::contains)) {
            return null;
        }
        List<String> missing =
                CALIBRATION.stream()
                        .filter(option -> !own.contains(option))
                        .map(CameraGeometryReader::name)
                        .toList();
        if (!missing.isEmpty()) {
            problems.add(
                    place + ": a calibration needs " + String.join(", ", missing) + " as well");
            return null;
        }
        return readCalibration(place, own);
    }

    private CameraCalibration readCalibration(String place, Configuration own) {
        LensModel model = lensModel(place, value(place, own, LiftingOptions.LENS_MODEL));
        Integer width = value(place, own, LiftingOptions.CALIBRATED_WIDTH);
        Integer height = value(place, own, LiftingOptions.CALIBRATED_HEIGHT);
        Double fx = value(place, own, LiftingOptions.FX);
        Double fy = value(place, own, LiftingOptions.FY);
        Double cx = value(place, own, LiftingOptions.CX);
        Double cy = value(place, own, LiftingOptions.CY);
        List<Double> parameters =
                parameters(place, value(place, own, LiftingOptions.LENS_PARAMETERS));
        if (model == null
                || width == null
                || height == null
                || fx == null
                || fy == null
                || cx == null
                || cy == null
                || parameters == null) {
            return null;
        }
        CameraCalibration calibration =
                new CameraCalibration(
                        width, height, new Intrinsics(fx, fy, cx, cy), model, parameters);
        if (calibration.problem() != null) {
            problems.add(place + ": " + calibration.problem());
        }
        return calibration;
    }

    private LensModel lensModel(String place, String name) {
        LensModel model = LensModel.ofWireName(name);
        if (model == null) {
            problems.add(
                    place
                            + ".lens-model is "
                            + name
                            + ": it must be plumb_bob, rational_polynomial, kannala_brandt"
                            + " (equidistant) or fisheye62");
        }
        return model;
    }

    private List<Double> parameters(String place, String text) {
        List<Double> parameters = new ArrayList<>();
        for (String number : text.split(",", -1)) {
            try {
                parameters.add(Double.valueOf(number.trim()));
            } catch (NumberFormatException e) {
                problems.add(
                        place
                                + ".lens-parameters: \""
                                + number.trim()
                                + "\" is not a number: write numbers with commas between them");
                return null;
            }
        }
        return List.copyOf(parameters);
    }

    private static String name(ConfigOption<?> option) {
        return option.key().substring(option.key().indexOf('.') + 1);
    }

    private <T> T value(String place, Configuration values, ConfigOption<T> option) {
        return OptionTypes.read(place, values, option, problems);
    }
}
