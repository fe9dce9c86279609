package io.liftstream.cluster;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkpoint folder that takes no checkpoint: files stand where the folders of the next ones
 * would be made, which also stops root. Complete ones can be read, as on a volume that turned
 * read-only.
 */
final class BlockedCheckpoints implements AutoCloseable {
    private static final String PREFIX = "chk-";

    /** More than are tried while the folder is blocked. */
    private static final int AHEAD = 300;

    private final List<Path> obstacles = new ArrayList<>();

    /** Blocks the folders of all jobs below the cluster's. */
    static BlockedCheckpoints below(Path checkpoints) throws IOException {
        BlockedCheckpoints blocked = new BlockedCheckpoints();
        for (Path job : foldersIn(checkpoints)) {
            int newest =
                    foldersIn(job).stream()
                            .map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith(PREFIX))
                            .mapToInt(name -> Integer.parseInt(name.substring(PREFIX.length())))
                            .max()
                            .orElse(0);
            for (int next = newest + 1; next <= newest + AHEAD; next++) {
                blocked.stand(job.resolve(PREFIX + next));
            }
        }
        return blocked;
    }

    private void stand(Path place) throws IOException {
        try {
            obstacles.add(Files.createFile(place));
        } catch (FileAlreadyExistsException begunMeanwhile) {
            // The one checkpoint that has its folder may still complete.
        }
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    @Override
    public void close() throws IOException {
        for (Path obstacle : obstacles) {
            Files.deleteIfExists(obstacle);
        }
    }
}
