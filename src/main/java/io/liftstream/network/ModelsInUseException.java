package io.liftstream.network;

import io.liftstream.frame.ModelException;
import java.util.Collection;

/**
 * A further model cannot be opened, because as many as may be are open and none of them can be
 * closed now. Whoever holds a {@link NetworkLease} can give it back and ask again.
 */
public final class ModelsInUseException extends ModelException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param model the one that cannot be opened
     * @param maxOpen as many may be open
     * @param open the models that are
     */
    public ModelsInUseException(String model, int maxOpen, Collection<String> open) {
        super(
                "model_backend",
                model,
                "at most "
                        + maxOpen
                        + " models are open at a time, and these are in use or kept open: "
                        + open);
    }
}
