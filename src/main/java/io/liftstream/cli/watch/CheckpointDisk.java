package io.liftstream.cli.watch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The disk that checkpoints go to. Flink says that one failed, but not that the disk is full. */
final class CheckpointDisk {
    private static final long FULL_BYTES = 1 << 20;
    private static final String LOCAL = "file";

    private final String folder;

    /**
     * @param folder the URI of a folder, or null
     */
    CheckpointDisk(String folder) {
        this.folder = folder;
    }

    /** Whether nothing more can be written there; false where that cannot be found out. */
    boolean isFull() {
        if (folder == null) {
            return false;
        }
        URI place = new org.apache.flink.core.fs.Path(folder).toUri();
        if (place.getScheme() != null && !place.getScheme().equals(LOCAL)) {
            return false;
        }
        try {
            return Files.getFileStore(Path.of(place.getPath())).getUsableSpace() < FULL_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
