package io.liftstream.mcap;

import java.io.IOException;

/** A file that is no MCAP file, is damaged, or asks for more than a reader gives. */
public final class McapFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    McapFormatException(String message) {
        super(message);
    }

    McapFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
