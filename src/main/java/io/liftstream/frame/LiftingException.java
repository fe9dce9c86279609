package io.liftstream.frame;

/**
 * A request that cannot be lifted, said in one line: the field, its value, and what would be right.
 * The value may be foreign; the line is {@linkplain ForeignText#printable printable}.
 */
public class LiftingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RejectionReason reason;
    private final String field;
    private final String fault;
    private final String remedy;

    /**
     * @param reason the kind of fault
     * @param field what was wrong, for example {@code advanced_config.fx}
     * @param value its value as given
     * @param remedy what would be right
     */
    public LiftingException(RejectionReason reason, String field, Object value, String remedy) {
        this(reason, field, value, remedy, null);
    }

    /**
     * As above, with the failure that showed it.
     *
     * @param reason the kind of fault
     * @param field what was wrong
     * @param value its value as given
     * @param remedy what would be right
     * @param cause the failure that showed it, or null
     */
    public LiftingException(
            RejectionReason reason, String field, Object value, String remedy, Throwable cause) {
        super(ForeignText.printable(field + " is " + NumberText.of(value) + ": " + remedy), cause);
        this.reason = reason;
        this.field = field;
        this.fault = NumberText.of(value) + ": " + remedy;
        this.remedy = remedy;
    }

    /**
     * A fault of something as a whole, which needs no value to be said.
     *
     * @param reason the kind of fault
     * @param thing what was wrong, for example {@code model my-model}
     * @param cause the failure that showed it, or null
     * @param fault what it did and what would be right, a clause
     */
    protected LiftingException(
            RejectionReason reason, String thing, Throwable cause, String fault) {
        super(ForeignText.printable(thing + ": " + fault), cause);
        this.reason = reason;
        this.field = thing;
        this.fault = fault;
        this.remedy = fault;
    }

    /**
     * {@return a fault of something as a whole, which needs no value to be said}
     *
     * @param reason the kind of fault
     * @param thing what was wrong, for example {@code model my-model}
     * @param fault what it did and what would be right, a clause
     * @param cause the failure that showed it, or null
     */
    public static LiftingException ofWhole(
            RejectionReason reason, String thing, String fault, Throwable cause) {
        return new LiftingException(reason, thing, cause, fault);
    }

    /** The same under another name. */
    LiftingException(LiftingException same, String field, String message) {
        super(ForeignText.printable(message), same);
        this.reason = same.reason;
        this.field = field;
        this.fault = same.fault;
        this.remedy = same.remedy;
    }

    /**
     * {@return the same fault, of a field that the user knows by another name}
     *
     * @param name what the user typed, for example {@code --depth sensor.npy}
     */
    public LiftingException named(String name) {
        return new LiftingException(this, name, name + " is " + fault);
    }

    /**
     * {@return the same fault, of an option of a command line, as it was typed}
     *
     * @param option for example {@code --model}
     * @param typed its value, which may stand for the value at fault
     */
    public LiftingException ofOption(String option, String typed) {
        boolean itself = fault.startsWith(typed + ": ");
        String message = option + (itself ? " is " : " " + typed + " is ") + fault;
        return new LiftingException(this, option, message);
    }

    /**
     * {@return the same fault, of several options that it lies between}
     *
     * @param names for example {@code options lifting.range-lo and lifting.range-hi}
     */
    public LiftingException between(String names) {
        return new LiftingException(this, names, names + " are " + fault);
    }

    /** {@return what would be right, for a line that names the thing and its fault itself} */
    public String remedy() {
        return ForeignText.printable(remedy);
    }

    /** {@return what was wrong, for example {@code advanced_config.fx}} */
    public String field() {
        return field;
    }

    /** {@return the kind of fault} */
    public RejectionReason reason() {
        return reason;
    }
}
