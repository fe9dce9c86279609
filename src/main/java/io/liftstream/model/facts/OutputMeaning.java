package io.liftstream.model.facts;

/** What the numbers of a network's output say. */
public enum OutputMeaning {
    /** Nearer is larger; scale and offset are unknown, as with Depth Anything's relative models. */
    INVERSE_RELATIVE("inverse-relative"),
    /** A distance along the optical axis; times the model's unit factor it is in metres. */
    METRIC("metric");

    private final String text;

    OutputMeaning(String text) {
        this.text = text;
    }

    /** {@return the meaning as it is written in {@code models.yaml} and in a model's metadata} */
    public String text() {
        return text;
    }

    /** {@return all meanings as they are written, for messages} */
    public static String choices() {
        return INVERSE_RELATIVE.text + " or " + METRIC.text;
    }
}
