package io.liftstream.model.catalogue;

import io.liftstream.model.checkpoint.CheckpointKind;

/**
 * The checkpoint that a model was converted from.
 *
 * @param sha256 of the checkpoint, as a catalogue entry states it
 * @param kind what its network computes
 * @param statedBy who says so: a catalogue entry, its hash, its name
 */
public record CheckpointSource(String sha256, CheckpointKind kind, String statedBy) {
    static final String ASSUMED = "assumed";

    /** {@return whether nobody says so} */
    public boolean isAssumed() {
        return statedBy.equals(ASSUMED);
    }
}
