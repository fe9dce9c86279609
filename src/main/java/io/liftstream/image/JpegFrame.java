package io.liftstream.image;

import java.util.ArrayList;
import java.util.List;

/**
 * What a JPEG's frame header says (ITU-T T.81, B.2.2).
 *
 * @param progressive whether the coefficients come bit by bit in several scans
 * @param unitsWide columns of units (MCUs) of scans with several components
 * @param unitsHigh rows of units
 * @param components one to four
 */
record JpegFrame(
        boolean progressive, int unitsWide, int unitsHigh, List<JpegComponent> components) {
    private static final int BASELINE = 0xc0;
    private static final int EXTENDED = 0xc1;
    private static final int PROGRESSIVE = 0xc2;
    private static final int BLOCK = 8;
    private static final int LARGEST_FACTOR = 4;

    /**
     * Reads a header.
     *
     * @param marker the code that says how the picture is coded
     * @param position behind the marker
     * @throws io.liftstream.frame.LiftingException for kinds that are not read
     */
    static JpegFrame read(EncodedBytes bytes, int marker, int position) {
        if (marker != BASELINE && marker != EXTENDED && marker != PROGRESSIVE) {
            throw bytes.unreadable(
                    "a lossless, hierarchical or arithmetically coded JPEG (SOF"
                            + (marker - BASELINE)
                            + "); give a baseline or progressive one");
        }
        int precision = bytes.u8(position + 2);
        if (precision != BLOCK) {
            throw bytes.unreadable("a JPEG of " + precision + " bits; give one of 8 bits");
        }
        List<JpegComponent> components = components(bytes, position);
        int widest = components.stream().mapToInt(JpegComponent::horizontal).max().orElse(1);
        int highest = components.stream().mapToInt(JpegComponent::vertical).max().orElse(1);
        int width = bytes.u16BigEndian(position + 5);
        int height = bytes.u16BigEndian(position + 3);
        int unitsWide = ceil(width, BLOCK * widest);
        int unitsHigh = ceil(height, BLOCK * highest);
        for (JpegComponent component : components) {
            component.setSize(
                    ceil(ceil(width * component.horizontal(), widest), BLOCK),
                    ceil(ceil(height * component.vertical(), highest), BLOCK),
                    unitsWide,
                    unitsHigh);
        }
        return new JpegFrame(marker == PROGRESSIVE, unitsWide, unitsHigh, components);
    }

    private static List<JpegComponent> components(EncodedBytes bytes, int position) {
        int count = bytes.u8(position + 7);
        List<JpegComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int entry = position + 8 + 3 * i;
            int factors = bytes.u8(entry + 1);
            components.add(
                    new JpegComponent(
                            bytes.u8(entry), factors >> 4, factors & 15, bytes.u8(entry + 2)));
        }
        boolean possible =
                components.stream()
                        .allMatch(c -> isFactor(c.horizontal()) && isFactor(c.vertical()));
        if (count < 1 || count > LARGEST_FACTOR || !possible) {
            throw bytes.unreadable("the JPEG's frame header makes no sense; the file is damaged");
        }
        return components;
    }

    private static boolean isFactor(int factor) {
        return factor >= 1 && factor <= LARGEST_FACTOR;
    }

    private static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** The component of this id; null where there is none. */
    JpegComponent component(int id) {
        return components.stream().filter(c -> c.id() == id).findFirst().orElse(null);
    }

    /** Whether all of the picture has been read. */
    boolean complete() {
        return components.stream().allMatch(JpegComponent::complete);
    }
}
