package io.liftstream.image;

/**
 * Walks over the code of one block of coefficients: follows its lengths and needs no values, but
 * for which coefficients are not zero. One kind for each kind of scan (ITU-T T.81, F.2 and G.2).
 */
abstract class JpegBlockWalk {
    private static final int LAST_DC_SIZE = 15;

    /** Begins a restart interval. */
    void begin() {
        // Most kinds keep nothing between blocks.
    }

    /**
     * Walks over one block.
     *
     * @return whether the bits can be a block's
     */
    abstract boolean walk(JpegBits bits, JpegScanComponent component, int block);

    /** Whether bits that are behind a scan's last block can be tried as one more. */
    boolean needsNoHistory() {
        return true;
    }

    /**
     * The kind of a scan.
     *
     * @param progressive whether the frame is
     */
    static JpegBlockWalk of(boolean progressive, JpegScanHeader scan) {
        if (!progressive) {
            return new Sequential();
        }
        boolean refines = scan.bitsBefore() != 0;
        if (scan.first() == 0) {
            return refines ? new DcBit() : new Dc(scan.bitsAfter());
        }
        return refines
                ? new AcBits(scan.first(), scan.last())
                : new Ac(scan.first(), scan.last(), scan.bitsAfter());
    }

    private static boolean walkDc(JpegBits bits, JpegScanComponent scanned, int shift) {
        int found = scanned.dc().find(bits.peek16());
        int size = JpegHuffmanTable.symbol(found);
        if (found == JpegHuffmanTable.NO_CODE || size > LAST_DC_SIZE) {
            return false;
        }
        bits.skip(JpegHuffmanTable.length(found));
        return size == 0 || scanned.component().addToMean(signed(bits.take(size), size), shift);
    }

    /** A number of so many bits: half of them stand for negative ones (T.81, F.2.2.1). */
    private static int signed(int bits, int size) {
        return bits >= 1 << (size - 1) ? bits : bits - (1 << size) + 1;
    }

    /** All coefficients of a block. */
    private static final class Sequential extends JpegBlockWalk {
        @Override
        boolean walk(JpegBits bits, JpegScanComponent component, int block) {
            if (!walkDc(bits, component, 0)) {
                return false;
            }
            JpegHuffmanTable table = component.ac();
            byte[] maxSizes = component.component().maxSizes();
            int k = 1;
            while (k < JpegComponent.COEFFICIENTS) {
                int found = table.find(bits.peek16());
                if (found == JpegHuffmanTable.NO_CODE) {
                    return false;
                }
                int run = JpegHuffmanTable.symbol(found) >> 4;
                int size = JpegHuffmanTable.symbol(found) & 15;
                bits.skip(JpegHuffmanTable.length(found) + size);
                if (size == 0 && run != 15) {
                    return true;
                }
                k += run;
                if (k >= JpegComponent.COEFFICIENTS || size > maxSizes[k]) {
                    return false;
                }
                k++;
            }
            return true;
        }
    }

    /** The first bits of the means. */
    private static final class Dc extends JpegBlockWalk {
        private final int shift;

        Dc(int shift) {
            this.shift = shift;
        }

        @Override
        boolean walk(JpegBits bits, JpegScanComponent component, int block) {
            return walkDc(bits, component, shift);
        }
    }

    /** One more bit of each mean. */
    private static final class DcBit extends JpegBlockWalk {
        @Override
        boolean walk(JpegBits bits, JpegScanComponent component, int block) {
            bits.take(1);
            return true;
        }
    }

    /** The first bits of some coefficients. */
    private static final class Ac extends JpegBlockWalk {
        private final int first;
        private final int last;
        private final int shift;
        private int emptyBlocks;

        Ac(int first, int last, int shift) {
            this.first = first;
            this.last = last;
            this.shift = shift;
        }

        @Override
        void begin() {
            emptyBlocks = 0;
        }

        @Override
        boolean needsNoHistory() {
            return false;
        }

        @Override
        boolean walk(JpegBits bits, JpegScanComponent component, int block) {
            if (emptyBlocks > 0) {
                emptyBlocks--;
                return true;
            }
            byte[] maxSizes = component.component().maxSizes();
            long nonZero = 0;
            int k = first;
            while (k <= last) {
                int found = component.ac().find(bits.peek16());
                if (found == JpegHuffmanTable.NO_CODE) {
                    return false;
                }
                int run = JpegHuffmanTable.symbol(found) >> 4;
                int size = JpegHuffmanTable.symbol(found) & 15;
                bits.skip(JpegHuffmanTable.length(found) + size);
                if (size == 0 && run != 15) {
                    emptyBlocks = (1 << run) - 1 + (run == 0 ? 0 : bits.take(run));
                    break;
                }
                k += run;
                if (k > last || (size != 0 && size + shift > maxSizes[k])) {
                    return false;
                }
                nonZero |= size == 0 ? 0 : 1L << k;
                k++;
            }
            component.component().nonZero()[block] |= nonZero;
            return true;
        }
    }

    /** One more bit of some coefficients, and the first of others. */
    private static final class AcBits extends JpegBlockWalk {
        private final int first;
        private final int last;
        private int emptyBlocks;

        AcBits(int first, int last) {
            this.first = first;
            this.last = last;
        }

        @Override
        void begin() {
            emptyBlocks = 0;
        }

        @Override
        boolean needsNoHistory() {
            return false;
        }

        @Override
        boolean walk(JpegBits bits, JpegScanComponent component, int block) {
            long[] all = component.component().nonZero();
            long nonZero = all[block];
            int k = first;
            while (emptyBlocks == 0 && k <= last) {
                int found = component.ac().find(bits.peek16());
                if (found == JpegHuffmanTable.NO_CODE) {
                    return false;
                }
                int run = JpegHuffmanTable.symbol(found) >> 4;
                int size = JpegHuffmanTable.symbol(found) & 15;
                bits.skip(JpegHuffmanTable.length(found) + Math.min(size, 1));
                if (size > 1) {
                    return false;
                }
                if (size == 0 && run != 15) {
                    emptyBlocks = (1 << run) + (run == 0 ? 0 : bits.take(run));
                    break;
                }
                k = behindZeros(bits, nonZero, k, run);
                if (size != 0) {
                    if (k > last) {
                        return false;
                    }
                    all[block] |= 1L << k;
                }
                k++;
            }
            if (emptyBlocks > 0) {
                takeBits(bits, nonZero, k);
                emptyBlocks--;
            }
            return true;
        }

        /** Passes so many zeros, with a bit for each that is not zero, up to the next zero. */
        private int behindZeros(JpegBits bits, long nonZero, int from, int run) {
            int k = from;
            int left = run;
            while (k <= last) {
                if ((nonZero >>> k & 1) != 0) {
                    bits.take(1);
                } else if (--left < 0) {
                    break;
                }
                k++;
            }
            return k;
        }

        private void takeBits(JpegBits bits, long nonZero, int from) {
            for (int k = from; k <= last; k++) {
                if ((nonZero >>> k & 1) != 0) {
                    bits.take(1);
                }
            }
        }
    }
}
