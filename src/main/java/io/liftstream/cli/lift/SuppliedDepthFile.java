package io.liftstream.cli.lift;

import io.liftstream.files.CompressedDepth;
import io.liftstream.files.NpyArray;
import io.liftstream.files.NpyFile;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.Grey16Image;
import io.liftstream.image.GreyFloatImage;
import io.liftstream.image.GreyImage;
import io.liftstream.image.ImageDecoder;
import io.liftstream.lifting.SuppliedDepth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One depth map from a file: {@code .npy}, PNG of 16 bits, TIFF of 16 bits or floats, or ROS's
 * compressedDepth. Its kind is told by its first bytes, not by its name. Floats are metres,
 * integers raw depth.
 */
final class SuppliedDepthFile {
    private static final int LARGEST_RAW = 0xffff;

    private final Path file;
    private final DepthFileRules rules;

    private SuppliedDepthFile(Path file, DepthFileRules rules) {
        this.file = file;
        this.rules = rules;
    }

    /**
     * Reads a depth map.
     *
     * @throws LiftingException naming the file, what it is and what would be right
     */
    static SuppliedDepth read(Path file, DepthFileRules rules) {
        return new SuppliedDepthFile(file, rules).read();
    }

    private SuppliedDepth read() {
        try {
            return rules.withoutHoles(decode(Files.readAllBytes(file)));
        } catch (LiftingException e) {
            throw e.named(name());
        } catch (IOException e) {
            throw refused("not readable", reason(e));
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.FileSystemException
                ? "give a file that exists and may be read"
                : e.getMessage();
    }

    private SuppliedDepth decode(byte[] content) throws IOException {
        if (NpyFile.begins(content)) {
            return ofArray(NpyFile.decode(content));
        }
        if (CompressedDepth.begins(content)) {
            return CompressedDepth.decode(content);
        }
        if (begins(content, "PK")) {
            throw refused(
                    "a ZIP archive, as .npz is",
                    "save one array by itself, np.save('depth.npy', archive['depth'])");
        }
        if (begins(content, "\u0089PNG") || begins(content, "II") || begins(content, "MM")) {
            return ofImage(new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS).decodeDepth(content));
        }
        throw refused(
                content.length + " bytes of another kind",
                "must be a .npy file, a 16-bit grey PNG, a TIFF of 16 bits or floats, or the data of"
                        + " a ROS compressedDepth message");
    }

    private static boolean begins(byte[] content, String text) {
        byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
        return content.length >= start.length
                && Arrays.equals(content, 0, start.length, start, 0, start.length);
    }

    private static SuppliedDepth ofImage(GreyImage image) {
        if (image instanceof GreyFloatImage floats) {
            return new SuppliedDepth.Floats(floats.width(), floats.height(), floats.values());
        }
        Grey16Image raw = (Grey16Image) image;
        return new SuppliedDepth.Raw(raw.width(), raw.height(), raw.values());
    }

    private SuppliedDepth ofArray(NpyArray array) {
        // Some tools keep a dimension for one image, or for one channel.
        List<Integer> sides =
                Arrays.stream(array.shape()).filter(side -> side != 1).boxed().toList();
        int[] shape = array.shape();
        boolean isMap = shape.length == 2 || (shape.length > 2 && sides.size() == 2);
        if (!isMap || array.count() == 0) {
            throw refused(
                    "of shape " + Arrays.toString(shape),
                    "must have rows and columns alone, [H, W]: take one map of it");
        }
        int height = shape.length == 2 ? shape[0] : sides.get(0);
        int width = shape.length == 2 ? shape[1] : sides.get(1);
        return array.isInteger()
                ? new SuppliedDepth.Raw(width, height, raw(array, width))
                : new SuppliedDepth.Floats(width, height, array.floats());
    }

    /** Integers are what a sensor counts, as in a 16-bit PNG; a negative one is no distance. */
    private short[] raw(NpyArray array, int width) {
        if (array.data().length == array.count() && !rules.scaleGiven()) {
            throw refused(
                    "of type " + array.typeName(),
                    "8 bits hold 256 distances; if these are distances and no picture of them, say"
                            + " how many make a metre with --depth-scale, or save metres,"
                            + " arr.astype(np.float32)");
        }
        short[] values = new short[array.count()];
        for (int i = 0; i < values.length; i++) {
            double value = array.value(i);
            boolean hole = value <= 0 || rules.isHole(value);
            if (!hole && value > LARGEST_RAW) {
                throw refused(
                        "of type "
                                + array.typeName()
                                + " with "
                                + (long) value
                                + " in row "
                                + i / width
                                + ", column "
                                + i % width,
                        "raw depth is at most 65535; save metres, (arr /"
                                + " counts_per_metre).astype(np.float32), or say with --depth-hole"
                                + " that it is no measurement");
            }
            values[i] = hole ? 0 : (short) (int) value;
        }
        return values;
    }

    private LiftingException refused(String value, String remedy) {
        return new LiftingException(RejectionReason.INVALID_COMMAND, name(), value, remedy);
    }

    private String name() {
        return "--depth " + file;
    }
}
