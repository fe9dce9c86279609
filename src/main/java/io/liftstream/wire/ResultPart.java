package io.liftstream.wire;

import java.io.IOException;

/** A part of a result message, which knows its size before it is written. */
interface ResultPart {

    long size();

    /** Writes {@link #size} bytes from an index on. */
    void write(byte[] target, int offset) throws IOException;
}
