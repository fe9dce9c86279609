package io.liftstream.lifting;

import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;

/**
 * Where a depth map came from, and what its numbers say.
 *
 * @param identity {@code name@sha256} of the model, the same on every host, or {@code supplied}
 * @param file the model's file on this host, or {@code supplied}
 * @param unitFactor metres per unit of the depth map; 1 for relative models
 * @param measured whether the numbers are distances; false for relative models
 */
public record DepthSource(String identity, String file, double unitFactor, boolean measured) {
    private static final String SUPPLIED_NAME = "supplied";

    /** Depth that came with its image. */
    public static final DepthSource SUPPLIED =
            new DepthSource(SUPPLIED_NAME, SUPPLIED_NAME, 1, true);

    static DepthSource of(ModelFacts model) {
        return new DepthSource(
                model.backendUsed(),
                model.file().toString(),
                model.unitFactor(),
                model.output() == OutputMeaning.METRIC);
    }
}
