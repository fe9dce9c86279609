package io.liftstream.testing;

/** A broker that tests publish to and read from. */
@FunctionalInterface
public interface Broker {

    /** Where it serves, host:port. */
    String bootstrapServers();
}
