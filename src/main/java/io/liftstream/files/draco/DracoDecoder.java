package io.liftstream.files.draco;

import io.liftstream.frame.LiftingException;
import io.liftstream.lifting.PointCloud;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads clouds that {@link DracoEncoder} wrote; other kinds of Draco file are refused. Safe with
 * bytes of any origin.
 *
 * <p>Written here because the decoder for the JVM (drako), which reads them too, takes several
 * times as long and sets no bound to what a file asks for.
 */
public final class DracoDecoder {
    private static final VarHandle FLOATS =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int ALPHA = 15;
    private static final int COLOUR = 12;

    private final SymbolTable table = new SymbolTable();
    private final ByteBuffer source;
    private final int count;
    private final char[] symbols;

    private DracoDecoder(ByteBuffer source, long maxPoints) {
        this.source = source;
        this.count = DracoLayout.points(source);
        if (count < 0 || count > maxPoints) {
            throw DracoLayout.unreadable("points", count, "must be at most " + maxPoints);
        }
        this.symbols = new char[Math.multiplyExact(DracoLayout.COMPONENTS, count)];
    }

    /**
     * {@return the points of a file, as {@link PointCloud} lays them out}
     *
     * @param file the whole file
     * @param maxPoints how many there may be
     * @throws LiftingException INVALID_COMMAND where it is not what {@link DracoEncoder} writes
     */
    public static byte[] decode(byte[] file, long maxPoints) {
        try {
            return new DracoDecoder(DracoLayout.littleEndian(file), maxPoints).points();
        } catch (BufferUnderflowException e) {
            throw DracoLayout.unreadable("length", file.length + " bytes", "must be longer");
        }
    }

    private byte[] points() {
        byte[] points = new byte[Math.multiplyExact(PointCloud.POINT_BYTES, count)];
        if (count == 0) {
            return points;
        }
        readSymbols(DracoLayout.POSITION_BITS);
        int[] steps = steps();
        readSymbols(DracoLayout.COLOUR_BITS);
        putColours(points);
        putPositions(points, steps, PositionGrid.read(source));
        return points;
    }

    private void readSymbols(int bits) {
        DracoLayout.requireValues(source);
        table.read(source);
        new RansDecoder(table).read(source, symbols, symbols.length);
        DracoLayout.requireBounds(source, bits);
    }

    private int[] steps() {
        int[] steps = new int[symbols.length];
        for (int i = 0; i < steps.length; i++) {
            int before = i < DracoLayout.COMPONENTS ? 0 : steps[i - DracoLayout.COMPONENTS];
            steps[i] = (before + difference(symbols[i])) & ((1 << DracoLayout.POSITION_BITS) - 1);
        }
        return steps;
    }

    private static int difference(char symbol) {
        return (symbol >>> 1) ^ -(symbol & 1);
    }

    private void putColours(byte[] points) {
        int[] colour = new int[DracoLayout.COMPONENTS];
        for (int i = 0; i < symbols.length; i++) {
            int channel = i % DracoLayout.COMPONENTS;
            colour[channel] += difference(symbols[i]);
            points[i / DracoLayout.COMPONENTS * PointCloud.POINT_BYTES + COLOUR + channel] =
                    (byte) colour[channel];
        }
        for (int at = ALPHA; at < points.length; at += PointCloud.POINT_BYTES) {
            points[at] = (byte) 255;
        }
    }

    private void putPositions(byte[] points, int[] steps, PositionGrid grid) {
        for (int point = 0; point < count; point++) {
            int at = point * PointCloud.POINT_BYTES;
            int from = point * DracoLayout.COMPONENTS;
            FLOATS.set(points, at, grid.originX() + steps[from] * grid.step());
            FLOATS.set(points, at + 4, grid.originY() + steps[from + 1] * grid.step());
            FLOATS.set(points, at + 8, grid.originZ() + steps[from + 2] * grid.step());
        }
    }
}
