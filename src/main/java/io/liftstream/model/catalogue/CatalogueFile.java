package io.liftstream.model.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.image.TensorFormat;
import io.liftstream.model.checkpoint.CheckpointFamily;
import io.liftstream.model.checkpoint.NetworkPrecision;
import io.liftstream.model.checkpoint.StatedConversion;
import io.liftstream.model.checkpoint.StatedKind;
import io.liftstream.model.facts.DeclaredFacts;
import io.liftstream.model.facts.FactsText;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code models.yaml} as written; the file itself explains its keys.
 *
 * @param defaultModel name of the model that is used where none is named
 * @param models entries by name
 */
record CatalogueFile(
        @JsonProperty(value = "default", required = true) String defaultModel,
        @JsonProperty(value = "models", required = true) Map<String, Model> models) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** One entry as written; null where a key is absent. */
    record Model(
            @JsonProperty(value = "source", required = true) String source,
            @JsonProperty("sha256") String sha256,
            @JsonProperty("licence") String licence,
            @JsonProperty("commercial-use") Boolean commercialUse,
            @JsonProperty("input-size") String inputSize,
            @JsonProperty("layout") String layout,
            @JsonProperty("color") String color,
            @JsonProperty("range") String range,
            @JsonProperty("mean") String mean,
            @JsonProperty("std") String std,
            @JsonProperty("output") String output,
            @JsonProperty("unit-factor") Double unitFactor,
            @JsonProperty("mapping") DepthMapping mapping,
            @JsonProperty("family") String family,
            @JsonProperty("taps") String taps,
            @JsonProperty("max-depth") Double maxDepth,
            @JsonProperty("tensors") String tensors,
            @JsonProperty("precision") String precision) {

        CatalogueEntry entry(String name, Path folder) {
            try {
                require(NAME.matcher(name).matches(), "name", name, "must match " + NAME);
                require(
                        sha256 == null || SHA256.matcher(sha256).matches(),
                        "sha256",
                        sha256,
                        "must be 64 lower-case hexadecimal digits");
                DeclaredFacts facts = facts(name);
                return new CatalogueEntry(
                        name,
                        resolved(folder),
                        sha256,
                        facts,
                        commercialUse == null || commercialUse,
                        conversion(facts));
            } catch (LiftingException | IllegalArgumentException e) {
                throw new ModelException("models.yaml entry", name, e.getMessage(), e);
            }
        }

        private DeclaredFacts facts(String name) {
            FactsText.demand("layout", layout, "NCHW");
            FactsText.demand("color", color, "RGB");
            FactsText.demand("range", range, "0..1");
            require((mean == null) == (std == null), "mean and std", mean, "both or neither");
            TensorFormat format = mean == null ? null : FactsText.tensorFormat(mean, std);
            return new DeclaredFacts(
                    name,
                    licence,
                    inputSize == null ? null : FactsText.inputSize(inputSize),
                    format,
                    output == null ? null : FactsText.output(output),
                    unitFactor,
                    maxDepth,
                    mapping);
        }

        private StatedConversion conversion(DeclaredFacts facts) {
            require(maxDepth == null || maxDepth > 0, "max-depth", maxDepth, "must be above 0");
            StatedKind kind =
                    new StatedKind(
                            family == null ? null : CheckpointFamily.of(family),
                            taps == null ? null : FactsText.blocks(taps),
                            facts.output(),
                            maxDepth);
            // Contradictions are said when the catalogue is read, not when the model is first used.
            kind.complete();
            return new StatedConversion(kind, tensors, numbers());
        }

        private NetworkPrecision numbers() {
            if (precision == null) {
                return NetworkPrecision.FLOAT32;
            }
            for (NetworkPrecision known : NetworkPrecision.values()) {
                if (written(known).equals(precision)) {
                    return known;
                }
            }
            throw new ModelException(
                    "precision", precision, "must be float32, float16-weights or float16");
        }

        private static String written(NetworkPrecision known) {
            return known.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private String resolved(Path folder) {
            boolean path = !source.startsWith("resource:") && !source.contains("://");
            return path ? folder.resolve(source).toString() : source;
        }

        private static void require(boolean holds, String key, Object value, String remedy) {
            if (!holds) {
                throw new ModelException(key, value, remedy);
            }
        }
    }
}
