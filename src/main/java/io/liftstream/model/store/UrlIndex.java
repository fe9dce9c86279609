package io.liftstream.model.store;

import io.liftstream.model.facts.FileHash;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which content an address had when it was first fetched: one small file per address, its hash on
 * the first line and the address on the second.
 */
final class UrlIndex {
    private final Path folder;

    UrlIndex(Path folder) {
        this.folder = folder;
    }

    /** A name for files that belong to an address. */
    static String key(URI address) {
        byte[] text = address.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(FileHash.newSha256().digest(text));
    }

    /** The hash that an address is pinned to. */
    Optional<String> find(URI address) throws IOException {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(key(address)));
            boolean ours = lines.size() == 2 && lines.get(1).equals(address.toString());
            return ours ? Optional.of(lines.get(0)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Pins an address. */
    void put(URI address, String sha256) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "pin-", ".part");
        Files.writeString(temporary, sha256 + "\n" + address + "\n");
        Files.move(temporary, folder.resolve(key(address)), StandardCopyOption.ATOMIC_MOVE);
    }

    /** All pinned addresses with their hashes. */
    Map<String, String> all() throws IOException {
        Map<String, String> pins = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(path -> !path.toString().endsWith(".part")).toList()) {
                    List<String> lines = Files.readAllLines(file);
                    if (lines.size() == 2) {
                        pins.put(lines.get(1), lines.get(0));
                    }
                }
            }
        }
        return pins;
    }
}
