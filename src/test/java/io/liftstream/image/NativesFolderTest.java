package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries that the process runs come from where nobody else can put them. */
class NativesFolderTest {
    @TempDir private Path folder;
    private Path home;
    private Path temporary;

    @BeforeEach
    void makeFolders() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @Test
    void aHomeOfTheUserServes() throws IOException {
        assertThat(NativesFolder.instead(home, temporary)).isEmpty();
        Files.createDirectory(home.resolve(".javacpp"));
        assertThat(NativesFolder.instead(home, temporary)).isEmpty();
    }

    @Test
    void withoutAHomeTheProcessesOfAUserShareAFolderOfTheUsersAlone() throws IOException {
        Path chosen = withoutHome();
        assertThat(permissions(chosen)).isEqualTo("rwx------");
        assertThat(withoutHome()).isEqualTo(chosen);
        assertThat(chosen).hasParent(temporary);
    }

    @Test
    void aFolderThatOthersCanWriteToIsNotUsed() throws IOException {
        Path chosen = withoutHome();
        Files.setPosixFilePermissions(chosen, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path other = withoutHome();
        assertThat(other).isNotEqualTo(chosen);
        assertThat(permissions(other)).isEqualTo("rwx------");
        Path open = Files.createDirectory(home.resolve(".javacpp"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path third = NativesFolder.instead(home, temporary).orElseThrow();
        assertThat(permissions(third)).isEqualTo("rwx------");
    }

    @Test
    void aLinkThatSomebodyPutThereIsNotFollowed() throws IOException {
        Path chosen = withoutHome();
        Files.delete(chosen);
        Files.createSymbolicLink(chosen, Files.createDirectory(folder.resolve("planted")));
        Path other = withoutHome();
        assertThat(other).isNotEqualTo(chosen);
        assertThat(permissions(other)).isEqualTo("rwx------");
    }

    private Path withoutHome() {
        return NativesFolder.instead(folder.resolve("none"), temporary).orElseThrow();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
