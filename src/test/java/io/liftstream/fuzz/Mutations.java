package io.liftstream.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages samples of a format as storage, networks and attackers do; the same seed, the same. */
final class Mutations {
    private static final int MAX_CHANGES = 8;
    private static final int MAX_RANGE = 64;
    private static final int KINDS = 10;

    /** Bytes and integers at the edges of what formats count with. */
    private static final int[] EDGES = {
        0,
        1,
        -1,
        2,
        7,
        8,
        9,
        '9',
        ':',
        '{',
        '-',
        0x7f,
        0x80,
        0xff,
        0x100,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        0x1000000,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE
    };

    private final Random random;
    private final List<byte[]> samples;

    Mutations(long seed, List<byte[]> samples) {
        this.random = new Random(seed);
        this.samples = samples;
    }

    /** One of the samples with one change or some. */
    byte[] next() {
        byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
        int changes = 1 + random.nextInt(MAX_CHANGES);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    /** Whether what protects the bytes, such as a checksum, is to be mended as well. */
    boolean mends() {
        return random.nextInt(4) != 0;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(MAX_RANGE));
        return switch (random.nextInt(KINDS)) {
            case 0 -> with(bytes, at, bytes[at] ^ 1 << random.nextInt(8));
            case 1 -> with(bytes, at, random.nextInt());
            case 2 -> with(bytes, at, edge());
            case 3, 4 -> withInteger(bytes, at);
            case 5 -> replaced(bytes, at, end, new byte[0]);
            case 6 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 7 -> replaced(bytes, at, end, noise(random.nextInt(MAX_RANGE)));
            case 8 -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : with(bytes, at, edge());
            default -> spliced(bytes, at);
        };
    }

    private int edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    /** Two, four or eight bytes, in either order. */
    private byte[] withInteger(byte[] bytes, int at) {
        int size = 2 << random.nextInt(3);
        boolean little = random.nextBoolean();
        long value = edge();
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            int shift = 8 * (little ? i : size - 1 - i);
            bytes[at + i] = (byte) (value >> shift);
        }
        return bytes;
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** Goes on as another sample does. */
    private byte[] spliced(byte[] bytes, int at) {
        byte[] other = samples.get(random.nextInt(samples.size()));
        int from = random.nextInt(other.length);
        return replaced(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] changed = Arrays.copyOf(bytes, bytes.length - (to - from) + by.length);
        System.arraycopy(by, 0, changed, from, by.length);
        System.arraycopy(bytes, to, changed, from + by.length, bytes.length - to);
        return changed;
    }
}
