package io.liftstream.network;

import io.liftstream.frame.ModelException;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.OutputMeaning;
import java.util.ArrayList;
import java.util.List;

/** What neither a model's file nor a catalogue states, all said at once. */
final class MissingFacts {
    private final boolean output;
    private final boolean unitFactor;
    private final boolean inputSize;
    private final boolean normalisation;

    MissingFacts(DeclaredFacts stated, NetworkSignature signature) {
        this.output = stated.output() == null;
        this.unitFactor = stated.output() == OutputMeaning.METRIC && stated.unitFactor() == null;
        this.inputSize = stated.inputSize() == null && !signature.fixesSize();
        this.normalisation = stated.tensorFormat() == null;
    }

    /**
     * Refuses a model of which anything is missing.
     *
     * @param said what the file says of its output in words that mean nothing here, or null
     * @throws ModelException naming everything, with the keys that state it
     */
    void refuseAny(String name, String said) {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        String notUnderstood =
                output && said != null
                        ? "; its metadata says output \"" + said + "\", and must say "
                        : "";
        throw ModelException.ofContent(
                name,
                "the file does not say "
                        + listed(missing)
                        + (notUnderstood.isEmpty() ? "" : notUnderstood + OutputMeaning.choices())
                        + "; state it in a catalogue like conf/models.yaml, given with"
                        + " models.catalogue or --catalogue, or in the file's metadata, where these"
                        + " keys have the prefix \"liftstream.\"",
                null);
    }

    private static String listed(List<String> missing) {
        int last = missing.size() - 1;
        return last == 0
                ? missing.get(0)
                : String.join(", ", missing.subList(0, last)) + " or " + missing.get(last);
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (output) {
            missing.add("whether its output is " + OutputMeaning.choices() + " (output)");
        }
        if (unitFactor) {
            missing.add("how many metres its unit is (unit-factor)");
        }
        if (inputSize) {
            missing.add("which image size it takes (input-size)");
        }
        if (normalisation) {
            missing.add("how to normalise its input (mean, std)");
        }
        return missing;
    }
}
