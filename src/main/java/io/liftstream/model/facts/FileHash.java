package io.liftstream.model.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256, by which models are known. */
public final class FileHash {
    private FileHash() {}

    /**
     * {@return the hash of a file's content as lower-case hexadecimal}
     *
     * @param file a file that can be read
     */
    public static String sha256(Path file) {
        MessageDigest digest = newSha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // The stream feeds the digest.
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * {@return the hash by which a model is known} It is that of the file; of a model that keeps
     * weights in files beside it, it is the hash of all their hashes, one a line, the model's
     * first: {@code sha256sum model.onnx model.onnx_data | cut -c1-64 | sha256sum}.
     *
     * @param model an ONNX file
     * @throws io.liftstream.frame.LiftingException as {@link ExternalData#files}
     */
    public static String ofModel(Path model) {
        List<Path> data = ExternalData.files(model);
        String own = sha256(model);
        if (data.isEmpty()) {
            return own;
        }
        StringBuilder hashes = new StringBuilder(own).append('\n');
        data.forEach(file -> hashes.append(sha256(file)).append('\n'));
        byte[] text = hashes.toString().getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(newSha256().digest(text));
    }

    /** {@return a new SHA-256 digest; every Java platform has one} */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
