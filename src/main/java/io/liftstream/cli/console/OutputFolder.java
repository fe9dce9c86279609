package io.liftstream.cli.console;

import io.liftstream.job.InvalidConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of a file that a command is to write, which must exist before any work is done. */
public final class OutputFolder {
    private OutputFolder() {}

    /**
     * Requires the folder of a file.
     *
     * @param named the file as the user named it, with its option
     * @param file that is to be written
     * @throws InvalidConfigurationException where there is no such folder
     */
    public static void require(String named, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new InvalidConfigurationException(
                    List.of(
                            named
                                    + ": there is no folder "
                                    + folder
                                    + "; create it, or choose another folder"));
        }
    }
}
