package io.liftstream.network;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;

/** Networks that are made to do harm: well-formed files of a few hundred bytes. */
public final class HostileModel {
    private HostileModel() {}

    /** Its map has no pixel. */
    public static Path empty(Path file) throws IOException {
        return described()
                .reduce("ReduceMean", "image", "grey", false, 1)
                .first("grey", "depth", 2, 0)
                .output("depth", DataType.FLOAT, "b", "h", "w")
                .write(file);
    }

    /** Its map has 256 million pixels, 1 GB, whatever the image. */
    public static Path huge(Path file) throws IOException {
        return described()
                .reduce("ReduceMean", "image", "grey", true, 1, 2, 3)
                .expand("grey", "depth", 1, 1, 16_000, 16_000)
                .output("depth", DataType.FLOAT, "b", 1, "oh", "ow")
                .write(file);
    }

    /** Says in its metadata that it takes images of this size alone. */
    public static Path inputSize(Path file, String rule) throws IOException {
        return TinyModel.meanOfChannels("b", "h", "w")
                .fact("liftstream.input_size", rule)
                .write(file);
    }

    /** Never comes back. */
    public static Path endless(Path file) throws IOException {
        return described()
                .reduce("ReduceMean", "image", "grey", true, 1)
                .steps("steps", 1L << 62)
                .loop("grey", "depth", "steps")
                .output("depth", DataType.FLOAT, "b", 1, "h", "w")
                .write(file);
    }

    /**
     * Goes round as often as the brightest pixel says, in parts of 2^62: at once for black images.
     */
    public static Path endlessWhereBright(Path file) throws IOException {
        return described()
                .reduce("ReduceMax", "image", "brightest", false, 0, 1, 2, 3)
                .constant("often", 0x1p62f)
                .multiply("brightest", "often", "turns")
                .cast("turns", "steps", DataType.INT64)
                .reduce("ReduceMean", "image", "grey", true, 1)
                .loop("grey", "depth", "steps")
                .output("depth", DataType.FLOAT, "b", 1, "h", "w")
                .write(file);
    }

    /** Works, and takes 2.5 GB of native memory while it is opened. */
    public static Path gigabytes(Path file) throws IOException {
        return described()
                .constant("one", 1)
                .expand("one", "field", 25_000, 25_000)
                .reduce("ReduceMax", "field", "still-one", false, 0, 1)
                .reduce("ReduceMean", "image", "grey", true, 1)
                .multiply("grey", "still-one", "depth")
                .output("depth", DataType.FLOAT, "b", 1, "h", "w")
                .write(file);
    }

    /** One operator works for hours: no flag ends its run, since it is looked at between two. */
    public static Path stuck(Path file) throws IOException {
        return oneOperator(file, 4_000);
    }

    /** One operator works for a second or so. */
    static Path slow(Path file) throws IOException {
        return oneOperator(file, 400);
    }

    private static Path oneOperator(Path file, int side) throws IOException {
        return described()
                .reduce("ReduceMean", "image", "mean", true, 1, 2, 3)
                .expand("mean", "field", 1, 1, side, side)
                .maxPool("field", "maxima", side / 2)
                .reduce("ReduceMax", "maxima", "maximum", true, 2, 3)
                .reduce("ReduceMean", "image", "grey", true, 1)
                .multiply("grey", "maximum", "depth")
                .output("depth", DataType.FLOAT, "b", 1, "h", "w")
                .write(file);
    }

    private static TinyModel described() {
        return TinyModel.described()
                .fact("liftstream.input_size", "fixed:14x14")
                .input("image", DataType.FLOAT, "b", 3, "h", "w");
    }
}
