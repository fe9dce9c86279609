package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDiskTest {

    @Test
    void aDiskWithoutRoomIsFullAndWhatCannotBeLookedAtIsNot(@TempDir Path folder) {
        // It has no room for anything.
        assertThat(new CheckpointDisk("file:///proc").isFull()).isTrue();
        assertThat(new CheckpointDisk(folder.toUri().toString()).isFull()).isFalse();
        assertThat(new CheckpointDisk(folder.toString()).isFull()).isFalse();
        assertThat(new CheckpointDisk("s3://bucket/checkpoints").isFull()).isFalse();
        assertThat(new CheckpointDisk("file:///nowhere/at/all").isFull()).isFalse();
        assertThat(new CheckpointDisk(null).isFull()).isFalse();
    }
}
