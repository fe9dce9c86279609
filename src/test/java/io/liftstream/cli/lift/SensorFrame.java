package io.liftstream.cli.lift;

import static org.bytedeco.opencv.global.opencv_core.CV_16UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.liftstream.files.NumpyFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.image.TiffSample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** A sloping wall as a depth camera sees it, as a file of each kind. */
public final class SensorFrame {
    public static final int WIDTH = 32;
    public static final int HEIGHT = 24;

    private SensorFrame() {}

    /** The wall's distance at a pixel, metres. */
    public static double metres(int pixel) {
        int row = pixel / WIDTH;
        return 1 + 2.0 * (pixel % WIDTH) / WIDTH + 0.5 * row / HEIGHT;
    }

    /** All distances, each changed. */
    public static double[] values(DoubleUnaryOperator unit) {
        return java.util.stream.IntStream.range(0, WIDTH * HEIGHT)
                .mapToDouble(pixel -> unit.applyAsDouble(metres(pixel)))
                .toArray();
    }

    public static double[] metres() {
        return values(z -> z);
    }

    public static double[] millimetres() {
        return values(z -> Math.rint(1000 * z));
    }

    public static short[] raw(double[] values) {
        short[] raw = new short[values.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (short) (int) values[i];
        }
        return raw;
    }

    public static byte[] npy(String type, double[] values) {
        return new NumpyFile(type).of(values, HEIGHT, WIDTH);
    }

    public static byte[] png(double[] values) {
        return PngDepthImage.encode(raw(values), WIDTH, HEIGHT);
    }

    /** A TIFF of integers of up to 16 bits, or of floats of 32 or 64 bits. */
    public static byte[] tiff(int bits, double[] values) {
        if (bits < 16) {
            return new TiffSample(WIDTH, HEIGHT, true).packedGrey(bits, i -> (int) values[i]);
        }
        ByteBuffer pixels =
                ByteBuffer.allocateDirect(values.length * bits / 8).order(ByteOrder.nativeOrder());
        for (double value : values) {
            switch (bits) {
                case 16 -> pixels.putShort((short) (int) value);
                case 32 -> pixels.putFloat((float) value);
                default -> pixels.putDouble(value);
            }
        }
        int type = bits == 16 ? CV_16UC1 : bits == 32 ? CV_32FC1 : CV_64FC1;
        try (BytePointer data = new BytePointer(pixels.rewind());
                Mat image = new Mat(HEIGHT, WIDTH, type, data);
                BytePointer file = new BytePointer()) {
            imencode(".tiff", image, file);
            byte[] bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
        }
    }

    /** A ROS compressedDepth message's data of levels as they are, with these parameters. */
    public static byte[] compressedDepth(float a, float b, double[] levels) {
        byte[] png = png(levels);
        return ByteBuffer.allocate(12 + png.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0)
                .putFloat(a)
                .putFloat(b)
                .put(png)
                .array();
    }

    /** The same of metres, quantised as the encoder of 32FC1 images does by default. */
    public static byte[] quantisedDepth() {
        float a = 100 * 101;
        float b = 1 - a / 10;
        return compressedDepth(a, b, values(z -> a / z + b));
    }

    public static double[] withEveryTenth(double[] values, double replacement) {
        double[] changed = DoubleStream.of(values).toArray();
        for (int i = 0; i < changed.length; i += 10) {
            changed[i] = replacement;
        }
        return changed;
    }
}
