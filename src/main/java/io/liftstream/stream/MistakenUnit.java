package io.liftstream.stream;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds capture times that were written in a coarser unit than they are read in: their number,
 * times a power of 1,000, is the broker's time.
 *
 * <p>Times near 1970 are right for simulated clocks, which begin at 0: such a clock passes the
 * number of the broker's time only once, for 7.2 ms 29 minutes after its start (and for 7.2 s on
 * its 21st day).
 */
final class MistakenUnit {
    /** How far the clock of a camera may be off, either way, that writes the wrong unit. */
    private static final BigInteger TOLERANCE_NANOS =
            BigInteger.valueOf(Duration.ofHours(1).toNanos());

    private enum Mistake {
        THOUSAND(1_000, "microseconds as nanoseconds, or seconds as milliseconds"),
        MILLION(1_000_000, "milliseconds as nanoseconds, or seconds as microseconds"),
        BILLION(1_000_000_000, "seconds as nanoseconds");

        private final BigInteger factor;
        private final String words;

        Mistake(long factor, String words) {
            this.factor = BigInteger.valueOf(factor);
            this.words = words;
        }
    }

    private MistakenUnit() {}

    /**
     * {@return what was likely written, in words; empty where the time may be meant}
     *
     * @param captureNanos as it was read, nanoseconds since 1970
     * @param brokerNanos when the broker took the record, nanoseconds since 1970
     */
    static Optional<String> of(long captureNanos, long brokerNanos) {
        BigInteger broker = BigInteger.valueOf(brokerNanos);
        for (Mistake mistake : Mistake.values()) {
            BigInteger off =
                    BigInteger.valueOf(captureNanos).multiply(mistake.factor).subtract(broker);
            if (off.abs().compareTo(TOLERANCE_NANOS) <= 0) {
                return Optional.of(mistake.words);
            }
        }
        return Optional.empty();
    }
}
