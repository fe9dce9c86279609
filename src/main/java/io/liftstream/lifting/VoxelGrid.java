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

    private byte[] packed = {};
    private int[] table = {};
    private int[] cubes = {};
    private double[] sums = {};
    private int[] colours = {};
    private int[] counts = {};
    private int size;

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
        points.pack(stride, packed, 0);
        for (int point = 0; point < count; point++) {
            add(point * PointCloud.POINT_BYTES, edge);
        }
        return size;
    }

    private void reserve(int count) {
        size = 0;
        if (packed.length < count * PointCloud.POINT_BYTES) {
            packed = new byte[Math.multiplyExact(count, PointCloud.POINT_BYTES)];
            cubes = new int[SUMS * count];
            sums = new double[SUMS * count];
            colours = new int[COLOURS * count];
            counts = new int[count];
            table = new int[Integer.highestOneBit(Math.max(1, count)) << 2];
        }
        Arrays.fill(table, FREE);
    }

    private void add(int at, double edge) {
        float x = (float) PointCloud.FLOATS.get(packed, at);
        float y = (float) PointCloud.FLOATS.get(packed, at + 4);
        float z = (float) PointCloud.FLOATS.get(packed, at + 8);
        int cube =
                cubeOf(
                        (int) Math.floor(x / edge),
                        (int) Math.floor(y / edge),
                        (int) Math.floor(z / edge));
        sums[SUMS * cube] += x;
        sums[SUMS * cube + 1] += y;
        sums[SUMS * cube + 2] += z;
        for (int colour = 0; colour < COLOURS; colour++) {
            colours[COLOURS * cube + colour] += packed[at + 12 + colour] & 0xff;
        }
        counts[cube]++;
    }

    /** The cube's number, a new one where it held nothing so far. */
    private int cubeOf(int x, int y, int z) {
        int mask = table.length - 1;
        int place = hash(x, y, z) & mask;
        while (table[place] != FREE) {
            int cube = table[place];
            if (cubes[SUMS * cube] == x
                    && cubes[SUMS * cube + 1] == y
                    && cubes[SUMS * cube + 2] == z) {
                return cube;
            }
            place = (place + 1) & mask;
        }
        table[place] = size;
        cubes[SUMS * size] = x;
        cubes[SUMS * size + 1] = y;
        cubes[SUMS * size + 2] = z;
        Arrays.fill(sums, SUMS * size, SUMS * size + SUMS, 0);
        Arrays.fill(colours, COLOURS * size, COLOURS * size + COLOURS, 0);
        counts[size] = 0;
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
            int count = counts[cube];
            for (int axis = 0; axis < SUMS; axis++) {
                PointCloud.FLOATS.set(
                        target, at + 4 * axis, (float) (sums[SUMS * cube + axis] / count));
            }
            int colour = OPAQUE;
            for (int i = 0; i < COLOURS; i++) {
                int mean = (colours[COLOURS * cube + i] + count / 2) / count;
                colour |= mean << (8 * i);
            }
            PointCloud.INTS.set(target, at + 12, colour);
            at += PointCloud.POINT_BYTES;
        }
    }
}
