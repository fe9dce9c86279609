package io.liftstream.image;

import java.util.List;

/**
 * Walks over the entropy-coded data of one scan of a JPEG and counts its blocks, restart interval
 * by restart interval.
 */
final class JpegScan {
    private static final int FIRST_RESTART = 0xd0;
    private static final int RESTARTS = 8;

    /**
     * Cameras leave a few stray bytes behind a scan, or fill a buffer up with one value; more is
     * what blocks went astray in.
     */
    private static final int MAX_STRAY = 32;

    private final byte[] file;
    private final List<JpegScanComponent> components;
    private final JpegBlockWalk blocks;
    private final RepairedBytes repairs;
    private final int unitsWide;
    private final int units;

    /**
     * A scan.
     *
     * @param repairs receives the bytes that are no part of the picture
     */
    JpegScan(
            byte[] file,
            JpegFrame frame,
            List<JpegScanComponent> components,
            JpegBlockWalk blocks,
            RepairedBytes repairs) {
        this.file = file;
        this.components = components;
        this.blocks = blocks;
        this.repairs = repairs;
        JpegComponent first = components.get(0).component();
        boolean alone = components.size() == 1;
        this.unitsWide = alone ? first.blocksWide() : frame.unitsWide();
        this.units = unitsWide * (alone ? first.blocksHigh() : frame.unitsHigh());
    }

    /**
     * Walks.
     *
     * @param start of the data
     * @param restartInterval units between restart markers; 0 where there are none
     * @return where the data end
     * @throws LostPixels where they end early or make no sense
     */
    int walk(int start, int restartInterval) throws LostPixels {
        int position = start;
        int interval = restartInterval == 0 ? units : restartInterval;
        for (int unit = 0; unit < units; unit += interval) {
            if (unit > 0) {
                position = behindRestart(position, unit / interval - 1, unit);
            }
            position = walkInterval(position, unit, Math.min(unit + interval, units));
        }
        return position;
    }

    private int walkInterval(int start, int from, int to) throws LostPixels {
        JpegBits bits = new JpegBits(file, start);
        blocks.begin();
        components.forEach(scanned -> scanned.component().begin());
        for (int unit = from; unit < to; unit++) {
            if (!walkUnit(bits, unit) || bits.overran()) {
                throw new LostPixels(unit, units);
            }
        }
        if (bits.atEnd()) {
            return bits.position();
        }
        return behindPadding(bits, to);
    }

    private boolean walkUnit(JpegBits bits, int unit) {
        int row = unit / unitsWide;
        int column = unit % unitsWide;
        if (components.size() == 1) {
            JpegScanComponent only = components.get(0);
            return blocks.walk(bits, only, only.component().block(row, column));
        }
        for (int i = 0; i < components.size(); i++) {
            if (!walkBlocks(bits, components.get(i), row, column)) {
                return false;
            }
        }
        return true;
    }

    private boolean walkBlocks(JpegBits bits, JpegScanComponent scanned, int row, int column) {
        JpegComponent component = scanned.component();
        for (int y = 0; y < component.vertical(); y++) {
            for (int x = 0; x < component.horizontal(); x++) {
                int block =
                        component.block(
                                row * component.vertical() + y,
                                column * component.horizontal() + x);
                if (!blocks.walk(bits, scanned, block)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What cameras put behind a scan is left out, unless it shows that something was lost. */
    private int behindPadding(JpegBits bits, int unit) throws LostPixels {
        int from = bits.position();
        int to = from;
        while (to < file.length && !isMarker(to)) {
            to++;
        }
        if (!isOneValue(from, to) && (to - from > MAX_STRAY || showsLoss(bits))) {
            throw new LostPixels(unit, units);
        }
        repairs.remove(from, to);
        return to;
    }

    /** The last byte of a whole scan is filled up with ones, and what is behind it is no unit. */
    private boolean showsLoss(JpegBits bits) {
        return !bits.byteFilledWithOnes() || (blocks.needsNoHistory() && holdsUnits(bits.copy()));
    }

    private boolean isMarker(int position) {
        return (file[position] & 0xff) == 0xff
                && position + 1 < file.length
                && file[position + 1] != 0;
    }

    private boolean isOneValue(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (file[i] != file[from]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the rest is units to its last bit, as it is where others were lost before it. */
    private boolean holdsUnits(JpegBits rest) {
        while (!rest.atEnd()) {
            if (!walkUnit(rest, 0) || rest.overran()) {
                return false;
            }
        }
        return rest.byteFilledWithOnes();
    }

    private int behindRestart(int from, int index, int unit) throws LostPixels {
        int position = from;
        while (position + 1 < file.length && (file[position + 1] & 0xff) == 0xff) {
            position++;
        }
        int expected = FIRST_RESTART + index % RESTARTS;
        if (position + 1 >= file.length || (file[position + 1] & 0xff) != expected) {
            throw new LostPixels(unit, units);
        }
        return position + 2;
    }

    /** The data of a scan end before its picture does, or are another's. */
    static final class LostPixels extends Exception {
        private static final long serialVersionUID = 1L;

        private final int unit;
        private final int units;

        LostPixels(int unit, int units) {
            super(null, null, false, false);
            this.unit = unit;
            this.units = units;
        }

        /** How much of the picture is whole, in percent, rounded down. */
        int wholePercent() {
            return (int) (100L * unit / units);
        }
    }
}
