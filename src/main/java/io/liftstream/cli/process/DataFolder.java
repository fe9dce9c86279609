package io.liftstream.cli.process;

import java.nio.file.Path;

/** Where programs that this launcher starts keep what must outlive them. */
public final class DataFolder {

    private DataFolder() {}

    /**
     * {@return {@code ~/.local/share/liftstream/NAME}}
     *
     * @param name of the program
     */
    public static Path of(String name) {
        return Path.of(System.getProperty("user.home"), ".local", "share", "liftstream", name);
    }
}
