package io.liftstream.scenes;

import java.util.List;
import java.util.SplittableRandom;

/** The dice of one scene: the same seed always throws the same scene. */
final class SceneRandom {
    private final SplittableRandom random;

    SceneRandom(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A seed that differs for each pair, also for neighbouring ones. */
    static long mix(long seed, long index) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index).nextLong();
    }

    /** Uniform in {@code [low, high)}. */
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Uniform in the logarithm, so that small sizes are as likely as large ones. */
    double scaled(double low, double high) {
        return low * Math.pow(high / low, random.nextDouble());
    }

    /** Normally distributed with mean zero. */
    double normal(double deviation) {
        return random.nextGaussian() * deviation;
    }

    /** Uniform in {@code low..high}, both included. */
    int count(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** True with this probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** An angle of the full turn, radians. */
    double angle() {
        return between(-Math.PI, Math.PI);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    long seed() {
        return random.nextLong();
    }
}
