package io.liftstream.files;

import io.liftstream.frame.Axes;
import io.liftstream.lifting.PointCloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes and reads point clouds as binary little-endian PLY files: float x, y, z in metres and
 * uchar red, green, blue, as Open3D, MeshLab and CloudCompare read them. A comment names the axes.
 */
public final class PlyFile {
    private static final int VERTEX_BYTES = 15;
    private static final int CHUNK_POINTS = 4096;
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PlyFile() {}

    /**
     * Writes a cloud to a file, replacing what was there.
     *
     * @param cloud any cloud
     * @param file the file
     * @throws IOException where it cannot be written
     */
    public static void write(PointCloud cloud, Path file) throws IOException {
        WholeFile.write(file, out -> write(cloud, out));
    }

    /**
     * {@return the bytes of a cloud's file}
     *
     * @param cloud any cloud
     */
    public static byte[] encode(PointCloud cloud) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 + cloud.count() * VERTEX_BYTES);
        try {
            write(cloud, out);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return out.toByteArray();
    }

    /**
     * Writes a cloud's file to a stream, which stays open.
     *
     * @param cloud any cloud
     * @param out the stream
     * @throws IOException where it cannot be written to
     */
    public static void write(PointCloud cloud, OutputStream out) throws IOException {
        out.write(header(cloud).getBytes(StandardCharsets.US_ASCII));
        // One byte more, because each colour is stored as four bytes and its last overwritten.
        byte[] chunk = new byte[CHUNK_POINTS * VERTEX_BYTES + 1];
        for (int from = 0; from < cloud.count(); from += CHUNK_POINTS) {
            int points = Math.min(CHUNK_POINTS, cloud.count() - from);
            pack(cloud.data(), from, points, chunk);
            out.write(chunk, 0, points * VERTEX_BYTES);
        }
    }

    /**
     * Reads a cloud. The vertices may have further scalar properties, which are left out; where
     * there is no colour, points are white; where no comment of ours names the axes, they are taken
     * as OPTICAL.
     *
     * @param file the bytes of a PLY file
     * @return the cloud
     * @throws IOException for bytes that are no such file, saying what is wrong
     */
    public static PointCloud decode(byte[] file) throws IOException {
        PlyHeader header = PlyHeader.read(file);
        return new PointCloud(header.points(file), header.axes());
    }

    /**
     * Reads a cloud from a file; see {@link #decode}.
     *
     * @param file a PLY file
     * @return the cloud
     * @throws IOException where it cannot be read, or holds no cloud
     */
    public static PointCloud read(Path file) throws IOException {
        return decode(Files.readAllBytes(file));
    }

    private static String header(PointCloud cloud) {
        return "ply\n"
                + "format binary_little_endian 1.0\n"
                + axesComment(cloud.axes())
                + "element vertex "
                + cloud.count()
                + "\nproperty float x\nproperty float y\nproperty float z\n"
                + "property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n";
    }

    /** The header line that names a convention. */
    static String axesComment(Axes axes) {
        return switch (axes) {
            case OPTICAL -> "comment axes OPTICAL x right y down z forward\n";
            case OPENGL -> "comment axes OPENGL x right y up z backward\n";
        };
    }

    private static void pack(byte[] points, int from, int count, byte[] chunk) {
        int source = from * PointCloud.POINT_BYTES;
        int target = 0;
        for (int i = 0; i < count; i++) {
            LONGS.set(chunk, target, (long) LONGS.get(points, source));
            INTS.set(chunk, target + 8, (int) INTS.get(points, source + 8));
            INTS.set(chunk, target + 12, (int) INTS.get(points, source + 12));
            source += PointCloud.POINT_BYTES;
            target += VERTEX_BYTES;
        }
    }
}
