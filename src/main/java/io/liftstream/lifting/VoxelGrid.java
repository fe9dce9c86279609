package io.liftstream.lifting;

import java.util.Arrays;

/**
 * Thins clouds: one point for each cube of space that holds any, at their mean, with their mean
 * colour (Open3D's {@code voxel_down_sample}), in the order of each cube's first point. What is
 * near and dense loses the most, what is far nothing. Keeps scratch memory; not thread safe.
 *
 * <p>Written here because Open3D and PCL are native, and no library for the JVM does it on packed
 * points.
 */
public final class VoxelGrid {
    private static final int SUMS = 3;
    private static final int COLOURS = 3;
    private static final int OPAQUE = 255 << 24;
    private static final int FREE = -1;

    private Scratch scratch;
    private int size;

    /**
     * All or nothing: where the heap has no room for one of the arrays, none is replaced alone.
     *
     * @param packed the points
     * @param table hash table of the cubes' numbers, a power of two and at least twice the points
     * @param places of the cubes
     * @param sums of the cubes' coordinates
     * @param colours summed, of the cubes
     * @param counts of the cubes' points
     */
    private record Scratch(
            byte[] packed, int[] table, int[] places, double[] sums, int[] colours, int[] counts) {

        static Scratch of(int points) {
            return new Scratch(
                    new byte[Math.multiplyExact(points, PointCloud.POINT_BYTES)],
                    new int[Integer.highestOneBit(Math.max(1, points)) << 2],
                    new int[SUMS * points],
                    new double[SUMS * points],
                    new int[COLOURS * points],
                    new int[points]);
        }

        boolean holds(int points) {
            return points <= counts.length;
        }
    }

    /**
     * Thins a cloud; {@link #write} gives what is left.
     *
     * @param points the cloud
     * @param stride of the points' rows and columns, at least 1
     * @param edge of a cube, metres, > 0
     * @return how many points are left
     */
    public int thin(CloudPoints points, int stride, double edge) {
        int count = points.count(stride);
        reserve(count);
        points.pack(stride, scratch.packed, 0);
        for (int point = 0; point < count; point++) {
            add(point * PointCloud.POINT_BYTES, edge);
        }
        return size;
    }

    private void reserve(int count) {
        size = 0;
        if (scratch == null || !scratch.holds(count)) {
            // Let go of the old one first: the heap need not hold both.
            scratch = null;
            scratch = Scratch.of(count);
        }
        Arrays.fill(scratch.table, FREE);
    }

    private void add(int at, double edge) {
        float x = (float) PointCloud.FLOATS.get(scratch.packed, at);
        float y = (float) PointCloud.FLOATS.get(scratch.packed, at + 4);
        float z = (float) PointCloud.FLOATS.get(scratch.packed, at + 8);
        int cube =
                cubeOf(
                        (int) Math.floor(x / edge),
                        (int) Math.floor(y / edge),
                        (int) Math.floor(z / edge));
        scratch.sums[SUMS * cube] += x;
        scratch.sums[SUMS * cube + 1] += y;
        scratch.sums[SUMS * cube + 2] += z;
        for (int colour = 0; colour < COLOURS; colour++) {
            scratch.colours[COLOURS * cube + colour] += scratch.packed[at + 12 + colour] & 0xff;
        }
        scratch.counts[cube]++;
    }

    /** The cube's number, a new one where it held nothing so far. */
    private int cubeOf(int x, int y, int z) {
        int mask = scratch.table.length - 1;
        int place = hash(x, y, z) & mask;
        while (scratch.table[place] != FREE) {
            int cube = scratch.table[place];
            if (scratch.places[SUMS * cube] == x
                    && scratch.places[SUMS * cube + 1] == y
                    && scratch.places[SUMS * cube + 2] == z) {
                return cube;
            }
            place = (place + 1) & mask;
        }
        scratch.table[place] = size;
        scratch.places[SUMS * size] = x;
        scratch.places[SUMS * size + 1] = y;
        scratch.places[SUMS * size + 2] = z;
        Arrays.fill(scratch.sums, SUMS * size, SUMS * size + SUMS, 0);
        Arrays.fill(scratch.colours, COLOURS * size, COLOURS * size + COLOURS, 0);
        scratch.counts[size] = 0;
        return size++;
    }

    private static int hash(int x, int y, int z) {
        int mixed = (x * 0x9E3779B1) ^ (y * 0x85EBCA77) ^ (z * 0xC2B2AE3D);
        mixed *= 0x27D4EB2F;
        return mixed ^ (mixed >>> 15);
    }

    /**
     * Writes the points that are left of the cloud that was thinned last.
     *
     * @param target takes {@link PointCloud#POINT_BYTES} bytes for each
     * @param offset where the first begins
     */
    public void write(byte[] target, int offset) {
        int at = offset;
        for (int cube = 0; cube < size; cube++) {
            int count = scratch.counts[cube];
            for (int axis = 0; axis < SUMS; axis++) {
                PointCloud.FLOATS.set(
                        target, at + 4 * axis, (float) (scratch.sums[SUMS * cube + axis] / count));
            }
            int colour = OPAQUE;
            for (int i = 0; i < COLOURS; i++) {
                int mean = (scratch.colours[COLOURS * cube + i] + count / 2) / count;
                colour |= mean << (8 * i);
            }
            PointCloud.INTS.set(target, at + 12, colour);
            at += PointCloud.POINT_BYTES;
        }
    }
}
