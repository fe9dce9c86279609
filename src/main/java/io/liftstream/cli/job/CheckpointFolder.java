package io.liftstream.cli.job;

import io.liftstream.job.JobSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;

/** Whether the Flink inside this process can write checkpoints where a job sends them. */
final class CheckpointFolder {
    private static final String LOCAL = "file";
    private static final String EXAMPLE = "file:///var/lib/liftstream/checkpoints";

    private CheckpointFolder() {}

    /** {@return why it cannot, in one line; nothing where no folder is named} */
    static List<String> problems(JobSettings settings) {
        String named =
                Configuration.fromMap(settings.flink())
                        .get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (named == null) {
            return List.of();
        }
        return fault(named)
                .map(fault -> "option flink.execution.checkpointing.dir is " + named + ": " + fault)
                .map(List::of)
                .orElse(List.of());
    }

    private static Optional<String> fault(String named) {
        URI place;
        try {
            place = new org.apache.flink.core.fs.Path(named).toUri();
        } catch (IllegalArgumentException e) {
            return Optional.of("it must be the URI of a folder, such as " + EXAMPLE);
        }
        if (place.getScheme() != null && !place.getScheme().equals(LOCAL)) {
            return faultOfScheme(place);
        }
        Path folder = Path.of(place.getPath()).toAbsolutePath();
        Path there = nearest(folder);
        return isWritable(there) ? Optional.empty() : Optional.of(faultOf(folder, there));
    }

    private static String faultOf(Path folder, Path there) {
        if (!Files.isDirectory(there)) {
            return there + " is a file; name a folder";
        }
        return there.equals(folder)
                ? "this folder cannot be written to; name another"
                : "the folder cannot be created, because " + there + " cannot be written to";
    }

    private static Optional<String> faultOfScheme(URI place) {
        try {
            FileSystem.get(place);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "this command can write checkpoints only to a local folder, such as "
                            + EXAMPLE
                            + "; for s3:// and other stores, run the job on a Flink cluster"
                            + " (deploy/README.md)");
        }
    }

    /** The folder itself, or the one below which Flink will make it. */
    private static Path nearest(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    /** Permissions do not tell of a read-only file system, a trial does. */
    private static boolean isWritable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".liftstream", null));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
