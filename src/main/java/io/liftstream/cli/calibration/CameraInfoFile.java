package io.liftstream.cli.calibration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.liftstream.frame.Intrinsics;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.model.facts.YamlFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A calibration as ROS's {@code camera_calibration} (camera_info YAML) or OpenCV's {@code
 * FileStorage} writes it.
 *
 * @param lens intrinsics and distortion
 * @param rectification R and P, where the file has them
 */
record CameraInfoFile(CameraCalibration lens, Rectification rectification) {
    private static final int PLUMB_BOB_SHORT = 4;

    /**
     * Reads a file.
     *
     * @throws InvalidConfigurationException naming the file and what is wrong with it
     */
    static CameraInfoFile read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw refused(file, "is not YAML: " + YamlFault.of(e));
        } catch (IOException e) {
            throw refused(
                    file, Files.notExists(file) ? "there is no such file" : "it cannot be read");
        } catch (IllegalArgumentException e) {
            throw refused(file, e.getMessage());
        }
    }

    private static InvalidConfigurationException refused(Path file, String problem) {
        return new InvalidConfigurationException(List.of(file + ": " + problem));
    }

    /**
     * Reads a file's text.
     *
     * @throws IllegalArgumentException saying what is missing or wrong
     */
    static CameraInfoFile parse(String text) throws IOException {
        // OpenCV writes %YAML:1.0, which is no directive of YAML.
        JsonNode root = new YAMLMapper().readTree(text.replaceFirst("^%YAML:[^\\n]*\\n", ""));
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException(
                    "it has no image_width, camera_matrix and so on: it must be a camera_info YAML of"
                            + " ROS or OpenCV");
        }
        List<Double> k = matrix(root, "camera_matrix", 9);
        List<Double> d = coefficients(root);
        LensModel model = model(root, d.size());
        if (model == LensModel.PLUMB_BOB && d.size() == PLUMB_BOB_SHORT) {
            d.add(0.0);
        }
        CameraCalibration lens =
                new CameraCalibration(
                        size(root, "image_width"),
                        size(root, "image_height"),
                        new Intrinsics(k.get(0), k.get(4), k.get(2), k.get(5)),
                        model,
                        d.isEmpty() ? Collections.nCopies(5, 0.0) : List.copyOf(d));
        Rectification rectification =
                new Rectification(
                        root.has("rectification_matrix")
                                ? matrix(root, "rectification_matrix", 9)
                                : List.of(),
                        root.has("projection_matrix")
                                ? matrix(root, "projection_matrix", 12)
                                : List.of());
        String problem = lens.problem() != null ? lens.problem() : rectification.problem();
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return new CameraInfoFile(lens, rectification);
    }

    private static int size(JsonNode root, String name) {
        if (!root.path(name).canConvertToInt()) {
            throw new IllegalArgumentException(
                    name + " is missing: it must be the size of the calibrated pictures, pixels");
        }
        return root.get(name).asInt();
    }

    private static List<Double> coefficients(JsonNode root) {
        if (!root.has("distortion_coefficients")) {
            return new ArrayList<>();
        }
        return numbers(root, "distortion_coefficients");
    }

    /** OpenCV's own files do not name the model: the number of coefficients does. */
    private static LensModel model(JsonNode root, int coefficients) {
        String name = root.path("distortion_model").asText("");
        if (name.isEmpty()) {
            return ofCount(root.path("fisheye_model").asInt(0) != 0, coefficients);
        }
        LensModel model = LensModel.ofWireName(name);
        if (model == null) {
            throw new IllegalArgumentException(
                    "distortion_model is "
                            + name
                            + ": it must be plumb_bob, rational_polynomial, kannala_brandt"
                            + " (equidistant) or fisheye62");
        }
        return model;
    }

    private static LensModel ofCount(boolean fisheye, int coefficients) {
        if (fisheye) {
            return LensModel.KANNALA_BRANDT;
        }
        return switch (coefficients) {
            case 0, PLUMB_BOB_SHORT, 5 -> LensModel.PLUMB_BOB;
            case 8 -> LensModel.RATIONAL_POLYNOMIAL;
            default ->
                    throw new IllegalArgumentException(
                            "distortion_coefficients has "
                                    + coefficients
                                    + " numbers: without a distortion_model it must have 4, 5 or 8;"
                                    + " thin prisms and tilted sensors are not known");
        };
    }

    private static List<Double> matrix(JsonNode root, String name, int size) {
        List<Double> numbers = numbers(root, name);
        if (numbers.size() != size) {
            throw new IllegalArgumentException(
                    name + " has " + numbers.size() + " numbers: it must have " + size);
        }
        return numbers;
    }

    private static List<Double> numbers(JsonNode root, String name) {
        JsonNode data = root.path(name).path("data");
        List<Double> numbers = new ArrayList<>();
        for (JsonNode number : data) {
            if (!number.isNumber()) {
                throw new IllegalArgumentException(
                        name + ".data holds " + number + ": it is not a number");
            }
            numbers.add(number.asDouble());
        }
        if (!data.isArray()) {
            throw new IllegalArgumentException(name + ".data is missing: it must list its numbers");
        }
        return numbers;
    }
}
