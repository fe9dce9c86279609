package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_OPTIMIZE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_411;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_422;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** JPEG files of each way of coding, and where their parts are. */
public enum JpegSamples {
    BASELINE(3, 96, 80),
    ODD_SIZE(3, 83, 61, IMWRITE_JPEG_SAMPLING_FACTOR, IMWRITE_JPEG_SAMPLING_FACTOR_422),
    FULL_CHROMA(3, 96, 80, IMWRITE_JPEG_SAMPLING_FACTOR, IMWRITE_JPEG_SAMPLING_FACTOR_444),
    QUARTER_CHROMA(3, 96, 80, IMWRITE_JPEG_SAMPLING_FACTOR, IMWRITE_JPEG_SAMPLING_FACTOR_411),
    OWN_TABLES(3, 96, 80, IMWRITE_JPEG_OPTIMIZE, 1, IMWRITE_JPEG_QUALITY, 50),
    BEST(3, 96, 80, IMWRITE_JPEG_QUALITY, 100),
    GREY(1, 96, 80),
    RESTARTS(3, 96, 80, IMWRITE_JPEG_RST_INTERVAL, 3),
    PROGRESSIVE(3, 96, 80, IMWRITE_JPEG_PROGRESSIVE, 1),
    PROGRESSIVE_ODD_SIZE(3, 83, 61, IMWRITE_JPEG_PROGRESSIVE, 1),
    PROGRESSIVE_GREY(1, 96, 80, IMWRITE_JPEG_PROGRESSIVE, 1),
    PROGRESSIVE_RESTARTS(3, 96, 80, IMWRITE_JPEG_PROGRESSIVE, 1, IMWRITE_JPEG_RST_INTERVAL, 3);

    @SuppressWarnings("ImmutableEnumChecker") // Handed out as copies.
    private final byte[] file;

    JpegSamples(int channels, int width, int height, int... options) {
        this.file = encode(channels, width, height, options);
    }

    /** The file; a copy. */
    public byte[] file() {
        return file.clone();
    }

    boolean progressive() {
        return name().startsWith("PROGRESSIVE");
    }

    /** Shades, edges and noise, so that blocks differ. */
    private static byte[] encode(int channels, int width, int height, int... options) {
        byte[] pixels = new byte[channels * width * height];
        Random random = new Random(7);
        for (int i = 0; i < pixels.length; i++) {
            int x = i / channels % width;
            int y = i / channels / width;
            pixels[i] = (byte) (x * 2 + (x / 20 + y / 15) % 2 * 60 + random.nextInt(20));
        }
        OpenCv.prepare();
        try (BytePointer data = new BytePointer(pixels);
                Mat image = new Mat(height, width, channels == 1 ? CV_8UC1 : CV_8UC3, data);
                BytePointer encoded = new BytePointer();
                IntPointer parameters = new IntPointer(options)) {
            imencode(".jpg", image, encoded, parameters);
            byte[] file = new byte[(int) encoded.limit()];
            encoded.get(file);
            return file;
        }
    }

    /** Where the n-th marker of this code stands, from 0; -1 where there is none. */
    public static int marker(byte[] file, int code, int n) {
        int left = n;
        for (int i = 0; i + 1 < file.length; i++) {
            if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == code && left-- == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Where the data of the last scan begin. */
    public static int dataOfLastScan(byte[] file) {
        int scan = -1;
        for (int n = 0; marker(file, 0xda, n) >= 0; n++) {
            scan = marker(file, 0xda, n);
        }
        return scan + 2 + ((file[scan + 2] & 0xff) << 8 | (file[scan + 3] & 0xff));
    }

    /** The file without some of its bytes. */
    public static byte[] without(byte[] file, int from, int to) {
        return replaced(file, from, to);
    }

    /** The file with other bytes in the place of some. */
    public static byte[] replaced(byte[] file, int from, int to, int... values) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(file, 0, from);
        Arrays.stream(values).forEach(changed::write);
        changed.write(file, to, file.length - to);
        return changed.toByteArray();
    }
}
