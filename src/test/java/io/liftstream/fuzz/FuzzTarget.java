package io.liftstream.fuzz;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What reads foreign bytes, and what it may do with them.
 *
 * @param name of the format
 * @param inputs how many are tried in the gate
 * @param samples good ones, which are damaged
 * @param mend mends what protects the bytes, so that damage reaches what is behind it
 * @param reader reads them
 * @param refusals the kinds of exceptions by which it may refuse them
 */
record FuzzTarget(
        String name,
        int inputs,
        List<byte[]> samples,
        UnaryOperator<byte[]> mend,
        Reader reader,
        Set<Class<? extends Exception>> refusals) {

    /** Reads bytes. */
    @FunctionalInterface
    interface Reader {
        void read(byte[] bytes) throws Exception;
    }

    /** A format without checksums. */
    static FuzzTarget of(
            String name,
            int inputs,
            List<byte[]> samples,
            Reader reader,
            Set<Class<? extends Exception>> refusals) {
        return new FuzzTarget(name, inputs, samples, bytes -> bytes, reader, refusals);
    }

    boolean refuses(Throwable thrown) {
        return refusals.stream().anyMatch(kind -> kind.isInstance(thrown));
    }

    @Override
    public String toString() {
        return name;
    }
}
