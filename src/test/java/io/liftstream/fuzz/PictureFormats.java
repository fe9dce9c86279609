package io.liftstream.fuzz;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_TIFF_COMPRESSION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.liftstream.frame.LiftingException;
import io.liftstream.image.Grey16Range;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.JpegSamples;
import io.liftstream.image.PngSamples;
import io.liftstream.image.RgbImage;
import io.liftstream.image.TiffSample;
import io.liftstream.testing.ExifJpeg;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures, and depth as pictures. */
final class PictureFormats {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;
    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_CHUNK = 12;
    private static final int LZW = 5;
    private static final int DEFLATE = 32946;

    private static final ImageDecoder DECODER = new ImageDecoder(1_000_000);
    private static final Set<Class<? extends Exception>> REFUSALS = Set.of(LiftingException.class);

    private PictureFormats() {}

    static List<FuzzTarget> all() throws IOException {
        List<byte[]> jpegs = new ArrayList<>();
        for (JpegSamples sample : JpegSamples.values()) {
            jpegs.add(sample.file());
        }
        jpegs.add(ExifJpeg.oriented(JpegSamples.BASELINE.file(), 6));
        return List.of(
                picture("jpeg", 3000, jpegs),
                mended("png", 2000, List.of(ImageEncoder.png(colours()), viaImageIo("png")), false),
                mended("png16", 2000, List.of(png16()), true),
                picture(
                        "webp",
                        2000,
                        List.of(
                                openCv(".webp", IMWRITE_WEBP_QUALITY, 80),
                                openCv(".webp", IMWRITE_WEBP_QUALITY, 101))),
                picture(
                        "tiff",
                        2000,
                        List.of(
                                openCv(".tiff", IMWRITE_TIFF_COMPRESSION, LZW),
                                openCv(".tiff", IMWRITE_TIFF_COMPRESSION, DEFLATE),
                                new TiffSample(WIDTH, HEIGHT, false).grey16(i -> 40 * i))),
                picture("gif", 2000, List.of(viaImageIo("gif"))),
                picture("bmp", 2000, List.of(openCv(".bmp"), viaImageIo("bmp"))));
    }

    private static FuzzTarget picture(String name, int inputs, List<byte[]> samples) {
        return FuzzTarget.of(name, inputs, samples, PictureFormats::read, REFUSALS);
    }

    private static FuzzTarget mended(String name, int inputs, List<byte[]> samples, boolean depth) {
        FuzzTarget.Reader reader = depth ? PictureFormats::readDepth : PictureFormats::read;
        return new FuzzTarget(
                name, inputs, samples, PictureFormats::withRightChecksums, reader, REFUSALS);
    }

    private static void read(byte[] file) {
        DECODER.upright().decode(file);
        DECODER.withGrey16Range(Grey16Range.clipped()).decode(file);
        DECODER.turnedUpright(file);
    }

    private static void readDepth(byte[] file) {
        DECODER.decodeDepth(file);
        DECODER.decode(file);
    }

    private static RgbImage colours() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * i / 7);
        }
        return new RgbImage(WIDTH, HEIGHT, rgb);
    }

    private static byte[] png16() {
        return PngSamples.grey16(WIDTH, HEIGHT, i -> 40 * i);
    }

    private static byte[] openCv(String ending, int... options) {
        try (BytePointer data = new BytePointer(colours().rgb());
                Mat image = new Mat(HEIGHT, WIDTH, CV_8UC3, data);
                BytePointer encoded = new BytePointer();
                IntPointer parameters = new IntPointer(options)) {
            imencode(ending, image, encoded, parameters);
            byte[] file = new byte[(int) encoded.limit()];
            encoded.get(file);
            return file;
        }
    }

    private static byte[] viaImageIo(String format) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.setRGB(i % WIDTH, i / WIDTH, i * 0x10307);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, format, file);
        return file.toByteArray();
    }

    /** As far as the lengths of its chunks lead. */
    private static byte[] withRightChecksums(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        long at = PNG_SIGNATURE;
        while (at + PNG_CHUNK <= file.length) {
            int start = (int) at;
            long length = buffer.getInt(start) & 0xffffffffL;
            if (at + PNG_CHUNK + length > file.length) {
                break;
            }
            CRC32 checksum = new CRC32();
            checksum.update(file, start + 4, (int) length + 4);
            buffer.putInt((int) (at + 8 + length), (int) checksum.getValue());
            at += PNG_CHUNK + length;
        }
        return file;
    }
}
