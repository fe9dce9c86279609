package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file below a folder is read there, or not at all. */
class ImageFileTest {
    private static final byte[] OURS = {1, 2, 3};
    private static final byte[] SECRET = {9};

    @TempDir private Path folder;
    private Path root;
    private Path outside;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectories(root.resolve("a/b"));
        Files.write(root.resolve("a/b/x.png"), OURS);
        Files.write(root.resolve("top.png"), OURS);
        outside = Files.createDirectories(folder.resolve("outside/b"));
        Files.write(outside.resolve("x.png"), SECRET);
    }

    @Test
    void aFileIsReadWhereverItLies() throws IOException {
        assertThat(ImageFile.readBelow(root, Path.of("top.png"))).isEqualTo(OURS);
        assertThat(ImageFile.readBelow(root, Path.of("a/b/x.png"))).isEqualTo(OURS);
        assertThat(ImageFile.read(root.resolve("top.png"))).isEqualTo(OURS);
    }

    /** The path was checked, and then a folder on it was exchanged. */
    @Test
    void aFolderThatBecameALinkIsNotFollowed() throws IOException {
        Path checked = root.relativize(root.resolve("a/b/x.png"));
        Files.move(root.resolve("a"), root.resolve("a-before"));
        Files.createSymbolicLink(root.resolve("a"), outside.getParent());
        assertThat(Files.readAllBytes(root.resolve(checked))).isEqualTo(SECRET);

        refuses(checked);
    }

    @Test
    void aFileThatBecameALinkIsNotFollowed() throws IOException {
        Files.delete(root.resolve("top.png"));
        Files.createSymbolicLink(root.resolve("top.png"), outside.resolve("x.png"));

        refuses(Path.of("top.png"));
    }

    @Test
    void foldersAndWhatIsNotThereAreRefused() {
        refuses(Path.of("a"));
        refuses(Path.of("absent.png"));
        refuses(Path.of("top.png/x.png"));
        refuses(Path.of("../outside/b/x.png"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> ImageFile.read(root));
    }

    private void refuses(Path relative) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ImageFile.readBelow(root, relative));
    }
}
