package io.liftstream.network;

import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.InputSizeRule;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.FileHash;
import io.liftstream.model.facts.ModelFacts;
import io.liftstream.model.facts.OutputMeaning;
import java.nio.file.Path;

/** Makes complete facts of declared ones, and holds them against the graph. */
final class FactsCheck {
    private FactsCheck() {}

    /**
     * Completes what was stated about a model.
     *
     * @throws LiftingException INVALID_COMMAND naming the fact that is missing or contradicts the
     *     graph
     */
    static ModelFacts complete(Path file, DeclaredFacts stated, NetworkSignature signature) {
        String fileName = file.getFileName().toString();
        // It becomes part of headers and ids.
        String name =
                (stated.name() != null ? stated.name() : withoutEnding(fileName))
                        .replaceAll("[^A-Za-z0-9._-]", "_");
        OutputMeaning output =
                required(name, "output", stated.output(), "inverse-relative or metric");
        boolean relative = output == OutputMeaning.INVERSE_RELATIVE;
        double unitFactor =
                relative
                        ? 1.0
                        : required(
                                name, "unit_factor", stated.unitFactor(), "metres per output unit");
        checkUnit(name, unitFactor);
        DepthMapping mapping = stated.defaultMapping();
        if (mapping == null) {
            mapping = relative ? DepthMapping.INVERSE : DepthMapping.METRIC;
        }
        checkMapping(name, mapping, relative);
        return new ModelFacts(
                name,
                FileHash.sha256(file),
                file,
                stated.licence() != null ? stated.licence() : "unknown",
                inputSize(name, stated.inputSize(), signature),
                required(name, "mean and std", stated.tensorFormat(), "one value per channel"),
                output,
                unitFactor,
                mapping);
    }

    private static String withoutEnding(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    private static <T> T required(String name, String fact, T value, String remedy) {
        if (value == null) {
            throw refused(
                    name,
                    fact,
                    "missing",
                    "state it in models.yaml or in the file's metadata liftstream."
                            + fact.replace(' ', '_')
                            + ": "
                            + remedy);
        }
        return value;
    }

    private static void checkUnit(String name, double unitFactor) {
        if (!(unitFactor > 0) || Double.isInfinite(unitFactor)) {
            throw refused(name, "unit_factor", unitFactor, "must be positive and finite");
        }
    }

    private static void checkMapping(String name, DepthMapping mapping, boolean relative) {
        if (relative == (mapping == DepthMapping.METRIC)) {
            throw refused(
                    name,
                    "mapping",
                    mapping,
                    relative
                            ? "a relative model has no metres: INVERSE or LINEAR"
                            : "the output is metric: METRIC");
        }
    }

    private static InputSizeRule inputSize(
            String name, InputSizeRule stated, NetworkSignature signature) {
        boolean fixed = signature.height() > 0 && signature.width() > 0;
        if (stated == null && fixed) {
            return new InputSizeRule.Fixed((int) signature.height(), (int) signature.width());
        }
        InputSizeRule rule =
                required(name, "input_size", stated, "fixed:<height>x<width> or aspect:518:14");
        if (fixed && !rule.equals(fixedRule(signature))) {
            throw refused(
                    name,
                    "input_size",
                    rule,
                    "the graph takes only "
                            + signature.height()
                            + " rows and "
                            + signature.width()
                            + " columns");
        }
        return rule;
    }

    private static InputSizeRule fixedRule(NetworkSignature signature) {
        return new InputSizeRule.Fixed((int) signature.height(), (int) signature.width());
    }

    private static LiftingException refused(
            String model, String fact, Object value, String remedy) {
        return new LiftingException(
                RejectionReason.INVALID_COMMAND, "model " + model + " " + fact, value, remedy);
    }
}
