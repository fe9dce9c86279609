package io.liftstream.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Where JavaCPP unpacks OpenCV and FFmpeg, which the process then runs: a folder that nobody else
 * can write to. JavaCPP itself goes to a folder of a name that anybody can guess, below the
 * temporary one, where the user's home cannot be written to, and trusts what it finds there.
 */
public final class NativesFolder {
    private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
    private static final Set<PosixFilePermission> OWNER_ALONE =
            PosixFilePermissions.fromString("rwx------");

    private NativesFolder() {}

    /** Call before the first use of a library of JavaCPP; does nothing where a folder is set. */
    public static synchronized void secure() {
        if (System.getProperty(PROPERTY) == null) {
            Path home = Path.of(System.getProperty("user.home", ""));
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            instead(home, temporary)
                    .ifPresent(folder -> System.setProperty(PROPERTY, folder.toString()));
        }
    }

    /** The folder to use instead of JavaCPP's own, where that is not the user's alone. */
    static Optional<Path> instead(Path home, Path temporary) {
        try {
            Path usual = home.resolve(".javacpp");
            boolean own =
                    Files.exists(usual)
                            ? isOwn(usual, owner(temporary))
                            : Files.isDirectory(home) && Files.isWritable(home);
            return own ? Optional.empty() : Optional.of(below(temporary));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for native libraries below " + temporary, e);
        }
    }

    /** The same for all processes of the user, unless somebody else was there first. */
    private static Path below(Path temporary) throws IOException {
        Path folder = temporary.resolve("liftstream-natives-" + owner(temporary));
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        }
        return isOwn(folder, owner(temporary))
                ? folder
                : Files.createTempDirectory(temporary, "liftstream-natives-");
    }

    private static boolean isOwn(Path folder, String owner) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isWritable(folder)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(owner)
                && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).stream()
                        .noneMatch(
                                permission ->
                                        permission == PosixFilePermission.GROUP_WRITE
                                                || permission == PosixFilePermission.OTHERS_WRITE);
    }

    /** Who this process writes files as; containers have users without a name. */
    private static String owner(Path temporary) throws IOException {
        Path probe = Files.createTempFile(temporary, "liftstream-", ".owner");
        try {
            return Files.getOwner(probe).getName();
        } finally {
            Files.delete(probe);
        }
    }
}
