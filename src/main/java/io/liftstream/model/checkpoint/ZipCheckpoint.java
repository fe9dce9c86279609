package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * PyTorch's format since 1.6: a zip file with {@code <prefix>/data.pkl} and one entry {@code
 * <prefix>/data/<key>} per storage. Read through the central directory; the local headers leave the
 * sizes out.
 */
final class ZipCheckpoint implements CheckpointContainer {
    private static final String PICKLE = "/data.pkl";
    private static final int MAX_BYTE_ORDER_LENGTH = 16;

    private final ZipFile zip;
    private final String prefix;
    private final Object root;

    private ZipCheckpoint(ZipFile zip, String prefix, Object root) {
        this.zip = zip;
        this.prefix = prefix;
        this.root = root;
    }

    static ZipCheckpoint open(Path file) throws IOException {
        ZipFile zip = zip(file);
        try {
            ZipEntry pickle = pickle(zip);
            String name = pickle.getName();
            String prefix = name.substring(0, name.length() - PICKLE.length());
            requireLittleEndian(zip, prefix);
            return new ZipCheckpoint(zip, prefix, root(zip, pickle));
        } catch (ZipException e) {
            zip.close();
            throw damaged(e);
        } catch (IOException | RuntimeException | Error e) {
            zip.close();
            throw e;
        }
    }

    private static ZipFile zip(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            // The latter for names that are no UTF-8.
            throw damaged(e);
        }
    }

    private static LiftingException damaged(Exception cause) {
        return Refusal.of("content", "a damaged ZIP archive", "the file must be complete", cause);
    }

    private static ZipEntry pickle(ZipFile zip) {
        List<? extends ZipEntry> found =
                zip.stream().filter(entry -> entry.getName().endsWith(PICKLE)).limit(2).toList();
        if (found.size() != 1) {
            throw Refusal.of(
                    "entries named data.pkl",
                    found.isEmpty() ? "none" : "several",
                    "a PyTorch file has exactly one");
        }
        return found.get(0);
    }

    private static void requireLittleEndian(ZipFile zip, String prefix) throws IOException {
        ZipEntry entry = zip.getEntry(prefix + "/byteorder");
        if (entry == null) {
            // Old files have none: they were all little-endian.
            return;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            String order =
                    new String(in.readNBytes(MAX_BYTE_ORDER_LENGTH), StandardCharsets.US_ASCII)
                            .trim();
            if (!order.equals("little")) {
                throw Refusal.of("byteorder", order, "only little-endian files can be read");
            }
        }
    }

    private static Object root(ZipFile zip, ZipEntry pickle) throws IOException {
        if (pickle.getSize() > MAX_PICKLE_BYTES) {
            throw Refusal.of(
                    "data.pkl", pickle.getSize() + " bytes", "at most " + MAX_PICKLE_BYTES);
        }
        try (InputStream in = new BufferedInputStream(zip.getInputStream(pickle))) {
            return PickleMachine.read(new PickleInput(in, pickle.getSize()));
        }
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public long storageBytes(String key) {
        return entry(key).getSize();
    }

    @Override
    public InputStream open(String key, long offset) throws IOException {
        InputStream in = zip.getInputStream(entry(key));
        try {
            // Seeks in a stored entry; PyTorch compresses none.
            in.skipNBytes(offset);
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private ZipEntry entry(String key) {
        ZipEntry entry = zip.getEntry(prefix + "/data/" + key);
        if (entry == null) {
            throw Refusal.of("storage data/" + key, "missing", "the file must be complete");
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
