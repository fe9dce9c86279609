package io.liftstream.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes checkpoints of real sizes with random weights, in PyTorch's zip format. */
public final class RandomCheckpoint {
    /** The encoder that Depth Anything V2 Small has. */
    static final DepthAnythingShape VIT_S =
            new DepthAnythingShape(384, 12, 37, 14, List.of(48, 96, 192, 384), 64, 32);

    /** Eight blocks, so that the families of Depth Anything read other ones. */
    private static final DepthAnythingShape SMALL =
            new DepthAnythingShape(64, 8, 3, 14, List.of(8, 8, 8, 8), 8, 8);

    private RandomCheckpoint() {}

    /** Writes a network of these sizes, float32. */
    static Path write(Path file, DepthAnythingShape shape) throws IOException {
        return TorchFile.write(file, tensors(shape, 1));
    }

    /** The tensors of a small network, by name. */
    public static Map<String, TorchFile.Tensor> small(long seed) {
        return tensors(SMALL, seed);
    }

    /** The tensors of a network of these sizes, by name. */
    static Map<String, TorchFile.Tensor> tensors(DepthAnythingShape shape, long seed) {
        Map<String, TorchFile.Tensor> tensors = new LinkedHashMap<>();
        shape.expectedTensors()
                .forEach(
                        (name, size) ->
                                tensors.put(
                                        name,
                                        new TorchFile.Tensor(
                                                size, () -> values(name, size, seed))));
        return tensors;
    }

    private static byte[] values(String name, List<Long> shape, long seed) {
        Random random = new Random(seed ^ name.hashCode());
        long count = shape.stream().reduce(1L, Math::multiplyExact);
        ByteBuffer bytes =
                ByteBuffer.allocate((int) count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        // Scales as after initialisation, so that activations neither vanish nor overflow.
        long fanIn = count / shape.get(0);
        boolean norm = name.contains("norm") && name.endsWith("weight");
        double scale = shape.size() == 1 ? 0.02 : 1 / Math.sqrt((double) fanIn);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) ((norm ? 1 : 0) + scale * random.nextGaussian()));
        }
        return bytes.array();
    }
}
