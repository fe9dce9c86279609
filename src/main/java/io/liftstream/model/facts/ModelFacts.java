package io.liftstream.model.facts;

import io.liftstream.frame.DepthMapping;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import java.nio.file.Path;

/**
 * All that lifting needs to know about a model: how its input is made and what its output means.
 * Every model takes RGB in NCHW order with values scaled from 0..255 to 0..1 before mean and
 * standard deviation are applied.
 *
 * @param name the catalogue's name, or the file's name without its ending
 * @param sha256 of the ONNX file that runs, and of the files beside it that hold its weights, as
 *     lower-case hexadecimal ({@link FileHash#ofModel})
 * @param file the ONNX file that runs
 * @param licence as stated by the catalogue or the file; {@code unknown} where neither says
 * @param inputSize how the input's height and width follow from the image's
 * @param tensorFormat mean and standard deviation per channel
 * @param output what the output's numbers say
 * @param unitFactor metres per unit of output; 1 for relative models
 * @param maxDepth the largest distance that the model can say, metres; null where it is not stated
 * @param defaultMapping how output becomes metres unless the request says otherwise
 */
public record ModelFacts(
        String name,
        String sha256,
        Path file,
        String licence,
        InputSizeRule inputSize,
        TensorFormat tensorFormat,
        OutputMeaning output,
        double unitFactor,
        Double maxDepth,
        DepthMapping defaultMapping) {

    /** {@return the model as results name it: {@code name@sha256}, never a path of this machine} */
    public String backendUsed() {
        return name + "@" + sha256;
    }
}
