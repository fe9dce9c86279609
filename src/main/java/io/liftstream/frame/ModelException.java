package io.liftstream.frame;

/**
 * A model that cannot be used: its file, its facts, its download, or what would run it. The
 * operator's or the environment's to mend; the frame that asked for it is not at fault.
 */
public class ModelException extends LiftingException {
    private static final long serialVersionUID = 1L;

    /**
     * A model that cannot be used.
     *
     * @param field what was wrong, for example {@code model_backend}
     * @param value its value as given
     * @param remedy what would be right
     */
    public ModelException(String field, Object value, String remedy) {
        this(field, value, remedy, null);
    }

    /**
     * As above, with the failure that showed it.
     *
     * @param field what was wrong
     * @param value its value as given
     * @param remedy what would be right
     * @param cause the failure that showed it, or null
     */
    public ModelException(String field, Object value, String remedy, Throwable cause) {
        super(RejectionReason.MODEL_UNAVAILABLE, field, value, remedy, cause);
    }
}
