package io.liftstream.model.catalogue;

import io.liftstream.model.facts.DeclaredFacts;
import java.nio.file.Path;

/**
 * A model found: the ONNX file to run and what was declared about it.
 *
 * @param file an ONNX file on this machine
 * @param facts declared facts; the file's own metadata fills what is missing
 * @param checkpoint what the file was converted from; null where it is the model's source itself
 */
public record ResolvedModel(Path file, DeclaredFacts facts, CheckpointSource checkpoint) {}
