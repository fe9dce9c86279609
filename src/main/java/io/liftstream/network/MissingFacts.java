package io.liftstream.network;

import io.liftstream.frame.ModelException;
import io.liftstream.image.InputSizeRule;
import io.liftstream.image.TensorFormat;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.EntryToPaste;
import io.liftstream.model.facts.FactsText;
import io.liftstream.model.facts.ModelMetadata;
import io.liftstream.model.facts.OutputMeaning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What neither a model's file nor a catalogue states, all said at once. */
final class MissingFacts {
    private final DeclaredFacts stated;
    private final boolean output;
    private final boolean unitFactor;
    private final boolean inputSize;
    private final boolean normalisation;

    MissingFacts(DeclaredFacts stated, NetworkSignature signature) {
        this.stated = stated;
        this.output = stated.output() == null;
        this.unitFactor = stated.output() == OutputMeaning.METRIC && stated.unitFactor() == null;
        this.inputSize = stated.inputSize() == null && !signature.fixesSize();
        this.normalisation = stated.tensorFormat() == null;
    }

    /**
     * Refuses a model of which anything is missing.
     *
     * @param said what the file says of its output in words that mean nothing here, or null
     * @throws ModelException naming everything, with the keys that state it and an entry to paste
     */
    void refuseAny(String name, String fileName, String said) {
        List<String> keys = keys();
        if (keys.isEmpty()) {
            return;
        }
        String notUnderstood =
                output && said != null
                        ? "its metadata says output \"" + said + "\", which is no such value; "
                        : "";
        throw new ModelException(
                "what model " + name + " does not state",
                String.join(", ", keys),
                notUnderstood
                        + "state it in the file's metadata ("
                        + keys.stream()
                                .map(MissingFacts::metadataKey)
                                .collect(Collectors.joining(", "))
                        + ") or in a catalogue (--catalogue FILE, models.catalogue of a job), where"
                        + " these values are examples to correct: "
                        + entry(name, fileName).text()
                        + "; output: "
                        + OutputMeaning.choices()
                        + ", unit-factor: metres per unit of a metric one");
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (output) {
            keys.add("output");
        }
        if (unitFactor) {
            keys.add("unit-factor");
        }
        if (inputSize) {
            keys.add("input-size");
        }
        if (normalisation) {
            keys.add("mean");
            keys.add("std");
        }
        return keys;
    }

    private static String metadataKey(String key) {
        return ModelMetadata.PREFIX + key.replace('-', '_');
    }

    private EntryToPaste entry(String name, String fileName) {
        EntryToPaste entry = new EntryToPaste(name, fileName);
        OutputMeaning meaning = output ? OutputMeaning.INVERSE_RELATIVE : stated.output();
        entry.with("output", meaning.text());
        if (meaning == OutputMeaning.METRIC) {
            entry.with("unit-factor", unitFactor ? "1" : stated.unitFactor().toString());
        }
        if (inputSize || stated.inputSize() != null) {
            InputSizeRule example = new InputSizeRule.AspectPreserving(518, 14);
            entry.with("input-size", FactsText.inputSize(inputSize ? example : stated.inputSize()));
        }
        TensorFormat format = normalisation ? TensorFormat.IMAGENET : stated.tensorFormat();
        return entry.with("mean", FactsText.numbers(format.mean()))
                .with("std", FactsText.numbers(format.std()));
    }
}
