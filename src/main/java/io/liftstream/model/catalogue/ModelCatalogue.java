package io.liftstream.model.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.ModelException;
import io.liftstream.model.facts.YamlFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The models known by name; read from {@code conf/models.yaml}, which explains each key. */
public final class ModelCatalogue {
    /** Where the catalogue lies in our jar. */
    public static final String BUNDLED = "/io/liftstream/models/models.yaml";

    private static final ObjectMapper YAML =
            new ObjectMapper(
                    new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    private final Map<String, CatalogueEntry> entries;
    private final String defaultModel;

    private ModelCatalogue(Map<String, CatalogueEntry> entries, String defaultModel) {
        this.entries = Collections.unmodifiableMap(entries);
        this.defaultModel = defaultModel;
    }

    /** {@return the catalogue that came with this version} */
    public static ModelCatalogue bundled() {
        try (InputStream in = ModelCatalogue.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(BUNDLED + " is not in the jar");
            }
            return parse(in.readAllBytes(), "bundled catalogue", Path.of(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a catalogue; relative paths in it are relative to its folder.
     *
     * @param file a {@code models.yaml}
     * @return its catalogue
     * @throws ModelException naming the entry and key that is wrong
     */
    public static ModelCatalogue read(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return parse(Files.readAllBytes(file), file.toString(), folder);
        } catch (IOException e) {
            throw new ModelException("model catalogue", file, "must be a readable file", e);
        }
    }

    private static ModelCatalogue parse(byte[] yaml, String origin, Path folder)
            throws IOException {
        try {
            CatalogueFile file = YAML.readValue(yaml, CatalogueFile.class);
            Map<String, CatalogueEntry> entries = new LinkedHashMap<>();
            file.models().forEach((name, model) -> entries.put(name, entry(name, model, folder)));
            if (!entries.containsKey(file.defaultModel())) {
                throw new ModelException(
                        origin + " default",
                        file.defaultModel(),
                        "must be one of " + entries.keySet());
            }
            return new ModelCatalogue(entries, file.defaultModel());
        } catch (JsonProcessingException e) {
            throw new ModelException(origin, "not a catalogue", YamlFault.of(e), e);
        }
    }

    private static CatalogueEntry entry(String name, CatalogueFile.Model model, Path folder) {
        if (model == null) {
            throw new ModelException(
                    "models.yaml entry", CameraId.quoted(name), "it is empty: give it a source");
        }
        return model.entry(name, folder);
    }

    /** {@return the model that is used where none is named} */
    public String defaultModel() {
        return defaultModel;
    }

    /**
     * {@return the entry of a name, if there is one}
     *
     * @param name as a command may have it
     */
    public Optional<CatalogueEntry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /**
     * {@return the entry whose source has this content, if there is one}
     *
     * @param sha256 lower-case hexadecimal
     */
    public Optional<CatalogueEntry> findContent(String sha256) {
        return entries.values().stream().filter(e -> sha256.equals(e.sha256())).findFirst();
    }

    /** {@return all entries, in the file's order} */
    public Collection<CatalogueEntry> entries() {
        return entries.values();
    }

    /**
     * {@return what may be given for a model, the nearest name first; for messages}
     *
     * @param given what was given and is none
     */
    public String choices(String given) {
        return NearestName.of(given, entries.keySet())
                        .map(name -> "did you mean " + name + "? Or ")
                        .orElse("")
                + "give a model file (.onnx, .pth, .safetensors), an https:// address, or one of: "
                + String.join(", ", entries.keySet());
    }
}
