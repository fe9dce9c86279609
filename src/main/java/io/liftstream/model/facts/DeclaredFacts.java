package io.liftstream.model.facts;

import io.liftstream.frame.DepthMapping;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;

/**
 * What somebody states about a model: its own metadata, a catalogue entry, or both laid over each
 * other. A null component was not stated.
 *
 * @param name what results call it
 * @param licence its licence
 * @param inputSize how the input's size follows from the image's
 * @param tensorFormat mean and standard deviation per channel
 * @param output what the output's numbers say
 * @param unitFactor metres per unit of output
 * @param maxDepth the largest distance that the output can say, metres
 * @param defaultMapping how output becomes metres unless the request says otherwise
 */
public record DeclaredFacts(
        String name,
        String licence,
        InputSizeRule inputSize,
        TensorFormat tensorFormat,
        OutputMeaning output,
        Double unitFactor,
        Double maxDepth,
        DepthMapping defaultMapping) {

    /** Nothing stated. */
    public static final DeclaredFacts NOTHING =
            new DeclaredFacts(null, null, null, null, null, null, null, null);

    /**
     * {@return these facts, and for each that is not stated here the other's}
     *
     * @param other what holds where nothing is stated here
     */
    public DeclaredFacts orElse(DeclaredFacts other) {
        return new DeclaredFacts(
                name != null ? name : other.name,
                licence != null ? licence : other.licence,
                inputSize != null ? inputSize : other.inputSize,
                tensorFormat != null ? tensorFormat : other.tensorFormat,
                output != null ? output : other.output,
                unitFactor != null ? unitFactor : other.unitFactor,
                maxDepth != null ? maxDepth : other.maxDepth,
                defaultMapping != null ? defaultMapping : other.defaultMapping);
    }
}
