package io.liftstream.files.draco;

import io.liftstream.lifting.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Clouds of every kind: none or one point, all in one place, scattered, along a walk, extremes. */
final class RandomCloud {
    private static final float[] EXTREMES = {
        0, -0.0f, 1e30f, -1e30f, Float.MIN_VALUE, -Float.MIN_NORMAL, 1, -1, 16_777_215f, 1e-7f
    };

    private RandomCloud() {}

    static byte[] of(Random random) {
        int count = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(400);
        return switch (random.nextInt(5)) {
            case 0 -> walk(random, count);
            case 1 -> scattered(random, count, 0);
            case 2 -> scattered(random, count, (float) Math.scalb(1.0, random.nextInt(100) - 50));
            case 3 -> extremes(random, count);
            default -> farAway(random, count);
        };
    }

    /** Neighbours differ little, as pixels do. */
    static byte[] walk(Random random, int count) {
        ByteBuffer points = buffer(count);
        float x = 0;
        float z = 3;
        int colour = random.nextInt();
        for (int i = 0; i < count; i++) {
            x += 0.005f;
            z += (float) random.nextGaussian() * 0.01f;
            colour += (random.nextInt(5) - 2) * 0x010101;
            points.putFloat(x).putFloat(-1.5f).putFloat(z).putInt(colour | 0xff000000);
        }
        return points.array();
    }

    static byte[] scattered(Random random, int count, float side) {
        ByteBuffer points = buffer(count);
        float origin = side * random.nextInt(100);
        for (int i = 0; i < count; i++) {
            for (int axis = 0; axis < 3; axis++) {
                points.putFloat(origin + side * (random.nextFloat() - 0.5f));
            }
            points.putInt(random.nextInt() | 0xff000000);
        }
        return points.array();
    }

    private static byte[] extremes(Random random, int count) {
        ByteBuffer points = buffer(count);
        for (int i = 0; i < count; i++) {
            for (int axis = 0; axis < 3; axis++) {
                points.putFloat(EXTREMES[random.nextInt(EXTREMES.length)]);
            }
            points.putInt((random.nextBoolean() ? 0x00ff00ff : 0x00007f80) | 0xff000000);
        }
        return points.array();
    }

    /** Closer together than float32 tells apart there, or nearly so. */
    private static byte[] farAway(Random random, int count) {
        ByteBuffer points = buffer(count);
        float place = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(60));
        for (int i = 0; i < count; i++) {
            for (int axis = 0; axis < 3; axis++) {
                points.putFloat(place + random.nextInt(4) * Math.ulp(place));
            }
            points.putInt(0xff000000 | i);
        }
        return points.array();
    }

    private static ByteBuffer buffer(int count) {
        return ByteBuffer.allocate(count * PointCloud.POINT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
