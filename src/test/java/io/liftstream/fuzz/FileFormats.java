package io.liftstream.fuzz;

import io.liftstream.cli.lift.SensorFrame;
import io.liftstream.files.CompressedDepth;
import io.liftstream.files.NpyArray;
import io.liftstream.files.NpyFile;
import io.liftstream.files.PlyFile;
import io.liftstream.files.PngDepthImage;
import io.liftstream.frame.Axes;
import io.liftstream.frame.LiftingException;
import io.liftstream.lifting.PointCloud;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Depth and clouds as files. */
final class FileFormats {
    private static final Set<Class<? extends Exception>> REFUSALS =
            Set.of(IOException.class, LiftingException.class);

    private FileFormats() {}

    static List<FuzzTarget> all() {
        double[] metres = SensorFrame.metres();
        double[] raw = SensorFrame.millimetres();
        return List.of(
                FuzzTarget.of(
                        "npy",
                        5000,
                        List.of(
                                NpyFile.encode(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                                SensorFrame.npy("<f8", metres),
                                SensorFrame.npy(">u2", raw)),
                        FileFormats::readNpy,
                        REFUSALS),
                FuzzTarget.of(
                        "compressed-depth",
                        2000,
                        List.of(
                                SensorFrame.compressedDepth(0, 0, raw),
                                SensorFrame.quantisedDepth()),
                        FileFormats::readCompressedDepth,
                        REFUSALS),
                FuzzTarget.of(
                        "depth-png",
                        2000,
                        List.of(SensorFrame.png(raw)),
                        PngDepthImage::decode,
                        REFUSALS),
                FuzzTarget.of("ply", 5000, List.of(cloud()), PlyFile::decode, REFUSALS));
    }

    private static void readNpy(byte[] file) throws IOException {
        NpyArray array = NpyFile.decode(file);
        array.floats();
        for (int i = 0; i < array.count(); i++) {
            array.value(i);
        }
    }

    private static void readCompressedDepth(byte[] data) throws IOException {
        if (!CompressedDepth.begins(data)) {
            throw new IOException("not compressedDepth, which its caller asks first");
        }
        CompressedDepth.decode(data);
    }

    private static byte[] cloud() {
        byte[] points = new byte[20 * PointCloud.POINT_BYTES];
        return PlyFile.encode(new PointCloud(points, Axes.OPTICAL));
    }
}
