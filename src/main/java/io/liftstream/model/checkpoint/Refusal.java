package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;

/** How this package refuses a file. */
final class Refusal {
    private Refusal() {}

    /** A file that cannot be converted: what was wrong, the value, what would be right. */
    static LiftingException of(String what, Object value, String remedy) {
        return of(what, value, remedy, null);
    }

    /** As above, with the failure that showed it. */
    static LiftingException of(String what, Object value, String remedy, Throwable cause) {
        return new ModelException("in the checkpoint, " + what, value, remedy, cause);
    }

    /** A file that is no checkpoint at all. */
    static LiftingException notOne(String name, String looks) {
        return ModelException.ofContent(
                name,
                "this is not a PyTorch checkpoint or a safetensors file"
                        + looks
                        + "; give the model file as it was published",
                null);
    }
}
