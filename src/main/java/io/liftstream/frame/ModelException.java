package io.liftstream.frame;

/**
 * A model that cannot be used: its file, its facts, its download, or what would run it. The
 * operator's or the environment's to mend; the frame that asked for it is not at fault.
 */
public class ModelException extends LiftingException {
    private static final long serialVersionUID = 1L;

    private final boolean ofContent;

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
        this.ofContent = false;
    }

    /**
     * A model's file that is there and cannot be used: {@code model NAME: fault}, or behind the
     * option that named it.
     *
     * @param model its name
     * @param fault what is wrong with the file and what would be right, a clause
     * @param cause the failure that showed it, or null
     */
    protected ModelException(String model, String fault, Throwable cause) {
        super(RejectionReason.MODEL_UNAVAILABLE, "model " + model, cause, fault);
        this.ofContent = true;
    }

    /**
     * {@return the refusal of a model's file that is there and cannot be used}
     *
     * @param model its name
     * @param fault what is wrong with the file and what would be right, a clause
     * @param cause the failure that showed it, or null
     */
    public static ModelException ofContent(String model, String fault, Throwable cause) {
        return new ModelException(model, fault, cause);
    }

    @Override
    public LiftingException ofOption(String option, String typed) {
        return ofContent
                ? new LiftingException(this, option, option + " is " + typed + ": " + remedy())
                : super.ofOption(option, typed);
    }

    /** {@return whether the model itself is at fault, and not a fact that is stated about it} */
    public boolean isOfTheModel() {
        return ofContent || field().equals("model_backend");
    }
}
