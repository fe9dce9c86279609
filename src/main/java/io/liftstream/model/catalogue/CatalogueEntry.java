package io.liftstream.model.catalogue;

import io.liftstream.model.checkpoint.StatedConversion;
import io.liftstream.model.facts.DeclaredFacts;

/**
 * One model of the catalogue.
 *
 * @param name what commands and results call it
 * @param source {@code resource:/<class path>}, an HTTPS address, or a path
 * @param sha256 of the source as lower-case hexadecimal, or null for a source that is trusted on
 *     first use
 * @param facts what the catalogue states; goes before what the file says
 * @param commercialUse false where the licence forbids commercial use, which is then warned about
 * @param conversion how a checkpoint becomes ONNX; of no effect for an ONNX source
 */
public record CatalogueEntry(
        String name,
        String source,
        String sha256,
        DeclaredFacts facts,
        boolean commercialUse,
        StatedConversion conversion) {}
