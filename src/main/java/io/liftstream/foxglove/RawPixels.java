package io.liftstream.foxglove;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageSize;
import io.liftstream.image.TiffFile;
import io.liftstream.proto.foxglove.RawImage;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How the pixels of a raw image are stored.
 *
 * @param names of the encoding in ROS and Foxglove
 * @param pixelBytes bytes of a pixel
 * @param bits of a channel
 * @param order the bytes of a pixel that are kept, red or grey first
 */
record RawPixels(List<String> names, int pixelBytes, int bits, List<Integer> order) {
    private static final List<RawPixels> READ =
            List.of(
                    new RawPixels(List.of("rgb8"), 3, 8, List.of(0, 1, 2)),
                    new RawPixels(List.of("bgr8", "8UC3"), 3, 8, List.of(2, 1, 0)),
                    new RawPixels(List.of("rgba8"), 4, 8, List.of(0, 1, 2)),
                    new RawPixels(List.of("bgra8", "8UC4"), 4, 8, List.of(2, 1, 0)),
                    new RawPixels(List.of("mono8", "8UC1"), 1, 8, List.of(0)),
                    new RawPixels(List.of("mono16"), 2, 16, List.of(0, 1)));

    /**
     * The pixels as an image file.
     *
     * @throws LiftingException UNREADABLE_IMAGE for an encoding that is not read, or pixels that
     *     are not all there
     */
    static byte[] file(RawImage image) {
        return of(image.getEncoding()).encode(image);
    }

    /**
     * The size of an image whose pixels are all there.
     *
     * @throws LiftingException as {@link #file} does
     */
    static ImageSize size(RawImage image) {
        return of(image.getEncoding()).wholeSize(image);
    }

    private static RawPixels of(String encoding) {
        return READ.stream()
                .filter(pixels -> pixels.names.contains(encoding))
                .findFirst()
                .orElseThrow(
                        () ->
                                unreadable(
                                        "encoding",
                                        encoding.isEmpty() ? "missing" : shortened(encoding),
                                        "it must be one of "
                                                + READ.stream()
                                                        .flatMap(pixels -> pixels.names.stream())
                                                        .toList()));
    }

    private ImageSize wholeSize(RawImage image) {
        ImageSize size = new ImageSize(image.getWidth(), image.getHeight());
        long step = step(image);
        int bytes = image.getData().size();
        if (size.width() < 1
                || size.height() < 1
                || step < (long) pixelBytes * size.width()
                || step * (size.height() - 1L) + (long) pixelBytes * size.width() > bytes) {
            throw unreadable(
                    "data",
                    bytes + " bytes",
                    size + " pixels of " + names.get(0) + " with a step of " + step + " need more");
        }
        return size;
    }

    private static long step(RawImage image) {
        return Integer.toUnsignedLong(image.getStep());
    }

    private byte[] encode(RawImage image) {
        ImageSize size = wholeSize(image);
        long step = step(image);
        byte[] data = image.getData().toByteArray();
        int[] kept = order.stream().mapToInt(Integer::intValue).toArray();
        ByteBuffer file = TiffFile.of(size, bits == 8 ? kept.length : 1, bits);
        for (int row = 0; row < size.height(); row++) {
            int start = Math.toIntExact(row * step);
            for (int column = 0; column < size.width(); column++) {
                for (int part : kept) {
                    file.put(data[start + column * pixelBytes + part]);
                }
            }
        }
        return file.array();
    }

    private static String shortened(String encoding) {
        return encoding.length() <= 20 ? encoding : encoding.substring(0, 20) + "...";
    }

    private static LiftingException unreadable(String field, String value, String remedy) {
        return new LiftingException(
                RejectionReason.UNREADABLE_IMAGE, "RawImage " + field, value, remedy);
    }
}
