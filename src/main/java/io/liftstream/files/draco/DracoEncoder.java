package io.liftstream.files.draco;

import io.liftstream.lifting.PointCloud;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encodes clouds as Draco files, bitstream version 2.3, sequential encoding: positions rounded to a
 * grid ({@link #step}), colours exact, the points in their order. A cloud's points come row by row,
 * so each value is written as its difference from that of the point before. The bytes depend on the
 * cloud alone. Keeps scratch memory; not thread safe.
 *
 * <p>Written here because Google's encoder is native, and the one for the JVM (drako) writes
 * coloured clouds that nobody reads and takes minutes for one of 640 x 480 points.
 *
 * @see <a href="https://google.github.io/draco/spec/">Draco's bitstream</a>
 */
public final class DracoEncoder {
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int COLOUR = 12;

    private final int[] frequencies = new int[SymbolTable.MAX_SYMBOLS];
    private final SymbolTable table = new SymbolTable();
    private final RansEncoder rans = new RansEncoder();
    private char[] symbols = {};
    private ByteBuffer file = DracoLayout.littleEndian(new byte[DracoLayout.HEAD_BYTES]);
    private PositionGrid grid;

    /**
     * Encodes a cloud; {@link #size}, {@link #step} and {@link #write} are about the cloud encoded
     * last.
     *
     * @param points as {@link PointCloud} lays them out; what lies behind them is not read
     * @param count of points
     * @return false where a coordinate is not finite or beyond 1e30 m, which no grid holds: then
     *     nothing is encoded
     */
    public boolean encode(byte[] points, int count) {
        file.clear();
        grid = grid(points, count);
        if (grid == null) {
            return false;
        }
        int values = Math.multiplyExact(DracoLayout.COMPONENTS, count);
        if (symbols.length < values) {
            symbols = new char[values];
        }
        DracoLayout.putHead(file, count);
        if (count > 0) {
            takePositions(points, count);
            putValues(values, DracoLayout.POSITION_BITS);
            takeColours(points, count);
            putValues(values, DracoLayout.COLOUR_BITS);
            require(PositionGrid.BYTES);
            grid.put(file);
        }
        return true;
    }

    /** {@return bytes of the file} */
    public int size() {
        return file.position();
    }

    /**
     * {@return the distance between neighbouring coordinates, metres: the least power of two, at
     * least 2^-20, of which the longest side of the cloud's box has at most 16382. A coordinate is
     * at most half of it from where it was}
     */
    public double step() {
        return grid.step();
    }

    /**
     * Writes the file.
     *
     * @param target takes {@link #size} bytes
     * @param offset where the first goes
     */
    public void write(byte[] target, int offset) {
        System.arraycopy(file.array(), 0, target, offset, file.position());
    }

    private static PositionGrid grid(byte[] points, int count) {
        float[] least = new float[DracoLayout.COMPONENTS];
        float[] largest = new float[DracoLayout.COMPONENTS];
        for (int axis = 0; axis < DracoLayout.COMPONENTS && count > 0; axis++) {
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            boolean held = true;
            for (int point = 0; point < count; point++) {
                float value = (float) FLOATS.get(points, place(point) + Float.BYTES * axis);
                held &= Math.abs(value) <= PositionGrid.MAX_COORDINATE;
                min = value < min ? value : min;
                max = value > max ? value : max;
            }
            if (!held) {
                return null;
            }
            least[axis] = min;
            largest[axis] = max;
        }
        return PositionGrid.around(least, largest);
    }

    private static int place(int point) {
        return point * PointCloud.POINT_BYTES;
    }

    private void takePositions(byte[] points, int count) {
        Arrays.fill(frequencies, 0);
        double perMetre = 1 / (double) grid.step();
        int x = 0;
        int y = 0;
        int z = 0;
        for (int point = 0; point < count; point++) {
            int at = place(point);
            int nextX = step(points, at, grid.originX(), perMetre);
            int nextY = step(points, at + 4, grid.originY(), perMetre);
            int nextZ = step(points, at + 8, grid.originZ(), perMetre);
            take(DracoLayout.COMPONENTS * point, nextX - x, DracoLayout.POSITION_BITS);
            take(DracoLayout.COMPONENTS * point + 1, nextY - y, DracoLayout.POSITION_BITS);
            take(DracoLayout.COMPONENTS * point + 2, nextZ - z, DracoLayout.POSITION_BITS);
            x = nextX;
            y = nextY;
            z = nextZ;
        }
    }

    private static int step(byte[] points, int at, float origin, double perMetre) {
        return (int) (((float) FLOATS.get(points, at) - (double) origin) * perMetre + 0.5);
    }

    private void takeColours(byte[] points, int count) {
        Arrays.fill(frequencies, 0);
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int point = 0; point < count; point++) {
            int at = place(point) + COLOUR;
            take(DracoLayout.COMPONENTS * point, points[at] - red, DracoLayout.COLOUR_BITS);
            take(
                    DracoLayout.COMPONENTS * point + 1,
                    points[at + 1] - green,
                    DracoLayout.COLOUR_BITS);
            take(
                    DracoLayout.COMPONENTS * point + 2,
                    points[at + 2] - blue,
                    DracoLayout.COLOUR_BITS);
            red = points[at];
            green = points[at + 1];
            blue = points[at + 2];
        }
    }

    /** The difference modulo the range, around 0; then 0, -1, 1, -2, ... as 0, 1, 2, 3, ... */
    private void take(int at, int difference, int bits) {
        int unused = Integer.SIZE - bits;
        int wrapped = (difference << unused) >> unused;
        int symbol = (wrapped << 1) ^ (wrapped >> (Integer.SIZE - 1));
        symbols[at] = (char) symbol;
        frequencies[symbol]++;
    }

    private void putValues(int count, int bits) {
        table.fit(frequencies, count);
        require(table.boundBytes(count) + DracoLayout.VALUES_BYTES);
        DracoLayout.putValues(file);
        table.write(file);
        rans.write(symbols, count, table, file);
        DracoLayout.putBounds(file, bits);
    }

    /** Frames differ a little in size: a quarter more saves most of them from a new array. */
    private void require(long bytes) {
        if (file.remaining() < bytes) {
            long needed = file.position() + bytes;
            ByteBuffer larger =
                    DracoLayout.littleEndian(new byte[Math.toIntExact(needed + needed / 4)]);
            larger.put(file.array(), 0, file.position());
            file = larger;
        }
    }
}
