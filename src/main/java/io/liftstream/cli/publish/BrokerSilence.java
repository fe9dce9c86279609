package io.liftstream.cli.publish;

import io.liftstream.frame.DurationText;
import io.liftstream.kafka.FrameProducer;
import java.time.Duration;
import java.util.Optional;

/** Finds out that the brokers take no more frames, long before that is final. Not thread-safe. */
final class BrokerSilence {
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private final String servers;
    private long acknowledged;
    private long sinceNanos;
    private boolean told;

    /**
     * @param servers the brokers, as the user named them
     * @param nowNanos of a clock that counts nanoseconds
     */
    BrokerSilence(String servers, long nowNanos) {
        this.servers = servers;
        this.sinceNanos = nowNanos;
    }

    /**
     * Looks at what was sent and what has arrived.
     *
     * @return a line for the user, where he does not know it yet
     */
    Optional<String> look(long sent, long arrived, long nowNanos) {
        if (arrived != acknowledged || sent == arrived) {
            acknowledged = arrived;
            sinceNanos = nowNanos;
            boolean again = told;
            told = false;
            return again ? Optional.of(servers + " answers again") : Optional.empty();
        }
        if (told || nowNanos - sinceNanos < TOLERATED.toNanos()) {
            return Optional.empty();
        }
        told = true;
        return Optional.of(
                servers
                        + " has not answered for "
                        + DurationText.of(TOLERATED)
                        + ": "
                        + (sent - arrived)
                        + " images wait, and fail when they have waited for "
                        + DurationText.of(FrameProducer.TIMEOUT));
    }
}
