package io.liftstream.image;

import java.util.ArrayList;
import java.util.List;

/**
 * What the header of a JPEG's scan says (ITU-T T.81, B.2.3).
 *
 * @param components at least one, with their tables
 * @param first coefficient, in the zigzag's order
 * @param last coefficient
 * @param bitsBefore how many bits of them were missing before; 0 in their first scan
 * @param bitsAfter how many are missing behind it
 */
record JpegScanHeader(
        List<JpegScanComponent> components, int first, int last, int bitsBefore, int bitsAfter) {
    private static final int MAX_MISSING_BITS = 13;
    private static final int LAST = JpegComponent.COEFFICIENTS - 1;

    /**
     * Reads a header.
     *
     * @param position behind the marker
     * @throws io.liftstream.frame.LiftingException where it fits neither frame nor tables
     */
    static JpegScanHeader read(
            EncodedBytes bytes, int position, JpegFrame frame, JpegTables tables) {
        int count = bytes.u8(position + 2);
        int parameters = parameters(bytes, position);
        List<JpegScanComponent> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int entry = position + 3 + 2 * i;
            components.add(component(bytes, entry, frame, tables));
        }
        int bits = bytes.u8(parameters + 2);
        // Some cameras write other parameters into sequential scans, which have but these.
        JpegScanHeader header =
                frame.progressive()
                        ? new JpegScanHeader(
                                components,
                                bytes.u8(parameters),
                                bytes.u8(parameters + 1),
                                bits >> 4,
                                bits & 15)
                        : new JpegScanHeader(components, 0, LAST, 0, 0);
        if (!header.fits(frame)) {
            throw bytes.unreadable("a JPEG's scan header makes no sense; the file is damaged");
        }
        return header;
    }

    private static JpegScanComponent component(
            EncodedBytes bytes, int entry, JpegFrame frame, JpegTables tables) {
        JpegComponent component = frame.component(bytes.u8(entry));
        int[] steps = component == null ? null : tables.steps(component.quantisation());
        if (steps == null) {
            throw bytes.unreadable(
                    "a JPEG's scan is of no component, or of one without a quantisation table;"
                            + " the file is damaged");
        }
        component.setSteps(steps);
        int slots = bytes.u8(entry + 1);
        return new JpegScanComponent(component, tables.dc(slots >> 4), tables.ac(slots & 15));
    }

    /** Where the header's last three bytes stand: coefficients and bits. */
    static int parameters(EncodedBytes bytes, int position) {
        return position + 3 + 2 * bytes.u8(position + 2);
    }

    private boolean fits(JpegFrame frame) {
        return !components.isEmpty()
                && components.stream().allMatch(c -> fits(c, frame))
                && (!frame.progressive() || isProgression());
    }

    private boolean fits(JpegScanComponent scanned, JpegFrame frame) {
        boolean needsDc = first == 0 && bitsBefore == 0;
        boolean needsAc = last > 0;
        return components.stream().filter(c -> c.component() == scanned.component()).count() == 1
                && (!needsDc || scanned.dc() != null)
                && (!needsAc || scanned.ac() != null)
                && (!frame.progressive() || first == 0 || scanned.component().begun());
    }

    private boolean isProgression() {
        boolean means = first == 0 && last == 0;
        boolean others = first > 0 && first <= last && last <= LAST && components.size() == 1;
        return (means || others)
                && bitsAfter <= MAX_MISSING_BITS
                && (bitsBefore == 0 || bitsAfter == bitsBefore - 1);
    }

    /** Notes what the scan gives; whether that is what was missing. */
    boolean advance() {
        return components.stream()
                .allMatch(c -> c.component().advance(first, last, bitsBefore, bitsAfter));
    }

    /** What walks over the scan's blocks. */
    JpegBlockWalk blocks(JpegFrame frame) {
        return JpegBlockWalk.of(frame.progressive(), this);
    }
}
