package io.liftstream.cli.bench;

/** Who lifts the backlog. */
enum Contender {
    /** Reads the frames and lifts them, and throws the results away. */
    BARE_LOOP("a", "bare loop: decode, network, lift"),
    /** The same, and encodes the results and sends them to Kafka. */
    PRODUCING_LOOP("b", "bare loop that produces to Kafka"),
    /** The bounded job. */
    JOB("c", "the job"),
    /** {@code src/main/python/peer_loop.py}. */
    PYTHON_LOOP("d", "Python loop");

    private final String letter;
    private final String title;

    Contender(String letter, String title) {
        this.letter = letter;
        this.title = title;
    }

    /** What ratios call it. */
    String letter() {
        return letter;
    }

    /** What tables call it. */
    String title() {
        return title;
    }
}
