package io.liftstream.image;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * An encoded image without what is no part of its picture, so that libjpeg and libpng, which write
 * to the process's standard error, have nothing to remark. Changes are made in the order of the
 * file.
 */
final class RepairedBytes {
    private final byte[] file;
    private final ByteArrayOutputStream repaired = new ByteArrayOutputStream();
    private int taken;
    private boolean changed;

    /** A file that is not changed yet. */
    RepairedBytes(byte[] file) {
        this.file = file;
    }

    /** Leaves bytes out. */
    void remove(int from, int to) {
        replace(from, to);
    }

    /** Puts other bytes in the place of some; nothing happens where they are the same. */
    void replace(int from, int to, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        replace(from, to, bytes);
    }

    /** As above. */
    void replace(int from, int to, byte[] bytes) {
        if (Arrays.equals(file, from, to, bytes, 0, bytes.length)) {
            return;
        }
        repaired.write(file, taken, from - taken);
        repaired.writeBytes(bytes);
        taken = to;
        changed = true;
    }

    /** The file as it is, or a repaired copy. */
    byte[] bytes() {
        if (!changed) {
            return file;
        }
        repaired.write(file, taken, file.length - taken);
        return repaired.toByteArray();
    }
}
