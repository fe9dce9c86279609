package io.liftstream.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** What has become of the lines of a command. */
public enum StandardOutput {
    /** All have arrived. */
    WRITTEN,
    /** They went into a pipe, and its reader has closed it. */
    READER_GONE,
    /** They could not be written, for example because the disk is full. */
    LOST;

    private static final String BROKEN_PIPE = "Broken pipe";

    /** {@return what has become of all lines until now} */
    public static StandardOutput flushed() {
        return System.out.checkError() ? fault() : WRITTEN;
    }

    /** Java keeps to itself why a line could not be written, so another one is tried. */
    @SuppressWarnings("resource") // The process's own.
    private static StandardOutput fault() {
        try {
            new FileOutputStream(FileDescriptor.out).write('\n');
            return LOST;
        } catch (IOException e) {
            return BROKEN_PIPE.equals(e.getMessage()) ? READER_GONE : LOST;
        }
    }
}
