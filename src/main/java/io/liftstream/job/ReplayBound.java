package io.liftstream.job;

/** The two ends of the stretch that a replay lifts, and the words that make no sense for each. */
public enum ReplayBound {
    /** Where it begins. */
    START(
            true,
            "earliest, an instant or offsets in a replay, which does not continue an earlier run"),

    /** Where it ends: a group that has committed nothing stands at the beginning. */
    END(false, "latest, an instant or offsets; otherwise a replay reads nothing");

    private final boolean earliest;
    private final String remedy;

    ReplayBound(boolean earliest, String remedy) {
        this.earliest = earliest;
        this.remedy = remedy;
    }

    /**
     * {@return whether a position makes sense as this end}
     *
     * @param position as the user wrote it
     */
    public boolean allows(String position) {
        String word = position.trim();
        return !word.equals("committed") && (earliest || !word.equals("earliest"));
    }

    /** {@return what it must be} */
    public String remedy() {
        return remedy;
    }
}
