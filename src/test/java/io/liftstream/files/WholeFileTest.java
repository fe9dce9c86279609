package io.liftstream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5};

    @TempDir private Path folder;

    @Test
    void aFileThatCannotBeWrittenToItsEndStaysAsItWas() throws IOException {
        Path file = Files.write(folder.resolve("cloud.ply"), OLD);

        assertThatThrownBy(
                        () ->
                                WholeFile.write(
                                        file,
                                        out -> {
                                            out.write(NEW);
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(
                        file + ": it cannot be written, because the disk is full; make room on it");
        assertThat(file).hasBinaryContent(OLD);
        assertThat(folder).isDirectoryContaining("glob:**/cloud.ply");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aFileThatCannotBeMadeToItsEndStaysAsItWas() throws IOException {
        Path file = Files.write(folder.resolve("rooms.onnx"), OLD);

        assertThatThrownBy(
                        () ->
                                WholeFile.make(
                                        file,
                                        unfinished -> {
                                            Files.write(unfinished, NEW);
                                            throw new IOException("No space left on device");
                                        }))
                .hasMessage(
                        file + ": it cannot be written, because the disk is full; make room on it");
        assertThat(file).hasBinaryContent(OLD);
        assertThat(folder.toFile().list()).containsExactly("rooms.onnx");
    }

    @Test
    void aFileIsReplacedAndALinkLeadsToTheNewOne() throws IOException {
        Path file = Files.write(folder.resolve("cloud.ply"), OLD);
        Path link = Files.createSymbolicLink(folder.resolve("latest.ply"), file);

        WholeFile.write(link, NEW);

        assertThat(link).isSymbolicLink();
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void whatIsNoFileIsWrittenToAsItIs() throws IOException {
        WholeFile.write(Path.of("/dev/null"), NEW);

        assertThatThrownBy(() -> WholeFile.write(Path.of("/dev/full"), NEW))
                .hasMessage(
                        "/dev/full: it cannot be written, because the disk is full; make room on it");
        assertThatThrownBy(() -> WholeFile.write(folder, NEW))
                .hasMessageStartingWith(folder + ": it cannot be written (");
    }

    @Test
    void aFileThatGrowsNamesItselfWhereTheDiskIsFull() throws IOException {
        assertThatThrownBy(
                        () -> {
                            try (var out = FileOutput.open(Path.of("/dev/full"))) {
                                out.write(NEW);
                            }
                        })
                .hasMessage(
                        "/dev/full: it cannot be written, because the disk is full; make room on it");
    }
}
