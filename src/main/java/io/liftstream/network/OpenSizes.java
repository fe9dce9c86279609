package io.liftstream.network;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.InputSize;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.FactsText;
import io.liftstream.model.facts.ModelFacts;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tells whether a graph that declares open input sizes takes them: exports with a position table of
 * one size declare open sizes too, and fail for all others.
 */
final class OpenSizes {
    private final ModelFacts facts;
    private final Function<InputSize, DepthPrediction> run;

    /**
     * @param facts of a model whose input keeps the image's aspect ratio
     * @param run runs it on one image of a size; a {@link LiftingException} where it fails
     */
    OpenSizes(ModelFacts facts, Function<InputSize, DepthPrediction> run) {
        this.facts = facts;
        this.run = run;
    }

    /**
     * Runs a landscape and a portrait image.
     *
     * @throws ProviderException naming the one size that the graph takes
     * @throws LiftingException where it takes none
     */
    void require() {
        try {
            requireTurned(run.apply(landscape()), run.apply(portrait()));
        } catch (LiftingException e) {
            throw onlySize(e).map(size -> runsWithOne(size, e)).orElse(e);
        }
    }

    private InputSize landscape() {
        return DepthNetwork.usualSize(facts.inputSize());
    }

    private InputSize portrait() {
        return facts.inputSize().sizeFor(DepthNetwork.USUAL_HEIGHT, DepthNetwork.USUAL_WIDTH);
    }

    private InputSize square() {
        return facts.inputSize().sizeFor(DepthNetwork.USUAL_WIDTH, DepthNetwork.USUAL_WIDTH);
    }

    // A graph of one size may run with the other, which has as many pixels, and mix up its rows.
    private void requireTurned(DepthPrediction landscape, DepthPrediction portrait) {
        boolean turned =
                portrait.height() == landscape.width() && portrait.width() == landscape.height();
        if (!turned) {
            throw new LiftingException(
                    RejectionReason.INFERENCE_FAILED,
                    "model " + facts.backendUsed(),
                    "output " + portrait.height() + "x" + portrait.width(),
                    "must be the output for a landscape image, turned");
        }
    }

    private Optional<InputSizeRule> onlySize(LiftingException failure) {
        // Every further size would take as long again.
        return failure instanceof RunTimeoutException
                ? Optional.empty()
                : Stream.of(square(), landscape(), portrait())
                        .filter(this::runs)
                        .map(size -> (InputSizeRule) fixed(size))
                        .findFirst();
    }

    private static InputSizeRule.Fixed fixed(InputSize size) {
        return new InputSizeRule.Fixed(size.height(), size.width());
    }

    private boolean runs(InputSize size) {
        try {
            DepthPrediction prediction = run.apply(size);
            return Integer.signum(prediction.height() - prediction.width())
                    == Integer.signum(size.height() - size.width());
        } catch (LiftingException e) {
            return false;
        }
    }

    private LiftingException runsWithOne(InputSizeRule size, LiftingException failure) {
        return new ProviderException(
                facts.backendUsed(),
                "its input-size is "
                        + FactsText.inputSize(facts.inputSize())
                        + ", but it runs with one size only; state input-size: "
                        + FactsText.inputSize(size),
                failure);
    }
}
