package io.liftstream.stream;

import io.liftstream.image.Grey16Range;
import io.liftstream.image.ImageDecoder;
import io.liftstream.input.InputSettings;
import io.liftstream.lifting.LiftingDefaults;
import io.liftstream.lifting.ResultSize;
import io.liftstream.network.ExecutionSettings;
import io.liftstream.wire.ResultFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link EstimateDepth} needs to know; travels to the task managers.
 *
 * @param input how records become frames
 * @param catalogue path of a models.yaml, or null for the bundled catalogue
 * @param defaultModel the model of frames that name none
 * @param allowedModels other models that frames may name; all are opened at the start
 * @param modelRoots folders below which frames may name {@code .onnx} files
 * @param imageRoots folders below which frames may name images
 * @param execution where the sessions run
 * @param spreadOverDevices whether the slots share out Flink's GPUs rather than use {@code
 *     execution}'s device
 * @param maxPixels largest image that is decoded, pixels
 * @param grey16Range how 16-bit grey becomes 8 bits
 * @param defaults what frames get that do not say otherwise
 * @param cameraDefaults the same by camera id, stronger
 * @param resultSize at which size results come
 * @param format of the results
 */
public record EstimateSettings(
        InputSettings input,
        String catalogue,
        String defaultModel,
        List<String> allowedModels,
        List<String> modelRoots,
        List<String> imageRoots,
        ExecutionSettings execution,
        boolean spreadOverDevices,
        long maxPixels,
        Grey16Range grey16Range,
        LiftingDefaults defaults,
        Map<String, LiftingDefaults> cameraDefaults,
        ResultSize resultSize,
        ResultFormat format)
        implements Serializable {
    private static final String MAX_PIXELS = "image.max-pixels";

    /** {@return what decodes the frames' images} */
    public ImageDecoder decoder() {
        return new ImageDecoder(maxPixels).limitedBy(MAX_PIXELS).withGrey16Range(grey16Range);
    }

    /** Every model that a frame may name: the default one and those that are allowed beside it. */
    List<String> namedModels() {
        List<String> names = new ArrayList<>();
        names.add(defaultModel);
        names.addAll(allowedModels);
        return names;
    }

    /** What a camera's frames get that do not say otherwise. */
    LiftingDefaults defaultsOf(String cameraId) {
        LiftingDefaults camera = cameraDefaults.get(cameraId);
        return camera == null ? defaults : defaults.overriddenBy(camera);
    }
}
