package io.liftstream.scenes;

import java.util.List;

/** Surfaces to choose from; textures keep the size that they have in the world. */
final class Palette {
    private final SceneRandom random;

    Palette(SceneRandom random) {
        this.random = random;
    }

    Surface wall() {
        Colour base =
                Colour.of(random.between(0, 1), random.between(0, 0.4), random.between(0.3, 0.85));
        Texture texture =
                random.pick(
                        List.of(
                                Texture.PLAIN,
                                Texture.PLAIN,
                                Texture.CLOUDY,
                                Texture.STRIPED,
                                Texture.BRICK,
                                Texture.TILED,
                                Texture.DOTTED));
        return surface(texture, base, near(base, 0.35), period(texture), 0.25, 0);
    }

    Surface ceiling() {
        Colour base =
                Colour.of(random.between(0, 1), random.between(0, 0.12), random.between(0.55, 0.9));
        Texture texture = random.chance(0.3) ? Texture.TILED : Texture.PLAIN;
        return surface(texture, base, near(base, 0.2), random.between(0.4, 1.2), 0.12, 0);
    }

    Surface floor() {
        Texture texture =
                random.pick(
                        List.of(
                                Texture.PLANKS,
                                Texture.PLANKS,
                                Texture.TILED,
                                Texture.CHECKED,
                                Texture.CLOUDY,
                                Texture.SPECKLED,
                                Texture.PLAIN));
        Colour base =
                texture == Texture.PLANKS
                        ? wood()
                        : Colour.of(
                                random.between(0, 1),
                                random.between(0, 0.45),
                                random.between(0.15, 0.75));
        return surface(
                texture, base, near(base, 0.5), period(texture), 0.3, random.between(0, 0.15));
    }

    Surface ground() {
        Texture texture =
                random.pick(
                        List.of(
                                Texture.CLOUDY,
                                Texture.CLOUDY,
                                Texture.SPECKLED,
                                Texture.SPECKLED,
                                Texture.TILED,
                                Texture.BRICK));
        double hue = random.chance(0.5) ? random.between(0.18, 0.36) : random.between(0.05, 0.15);
        Colour base = Colour.of(hue, random.between(0, 0.5), random.between(0.15, 0.5));
        return surface(texture, base, near(base, 0.5), random.between(0.3, 1.6), 0.5, 0);
    }

    /** Any object: painted, wooden, patterned, dull or shining. */
    Surface thing() {
        if (random.chance(0.25)) {
            return wooden();
        }
        Colour base =
                Colour.of(random.between(0, 1), random.between(0, 0.85), random.between(0.08, 0.9));
        Texture texture =
                random.pick(
                        List.of(
                                Texture.PLAIN,
                                Texture.PLAIN,
                                Texture.PLAIN,
                                Texture.CLOUDY,
                                Texture.SPECKLED,
                                Texture.CHECKED,
                                Texture.STRIPED,
                                Texture.DOTTED,
                                Texture.TILED));
        Colour second = random.chance(0.5) ? near(base, 0.6) : any();
        double gloss = random.chance(0.35) ? random.between(0.1, 0.8) : 0;
        return surface(texture, base, second, random.scaled(0.06, 0.4), 0.25, gloss);
    }

    Surface wooden() {
        Colour base = wood();
        return surface(
                Texture.PLANKS,
                base,
                near(base, 0.4),
                random.between(0.08, 0.2),
                0.3,
                random.between(0, 0.2));
    }

    Surface cloth() {
        Colour base =
                Colour.of(
                        random.between(0, 1), random.between(0.05, 0.7), random.between(0.1, 0.8));
        Texture texture =
                random.pick(
                        List.of(
                                Texture.PLAIN,
                                Texture.PLAIN,
                                Texture.SPECKLED,
                                Texture.STRIPED,
                                Texture.CHECKED));
        return surface(texture, base, near(base, 0.5), random.between(0.05, 0.2), 0.3, 0);
    }

    Surface masonry() {
        Texture texture =
                random.pick(
                        List.of(
                                Texture.WINDOWS,
                                Texture.WINDOWS,
                                Texture.BRICK,
                                Texture.PLAIN,
                                Texture.CLOUDY));
        Colour base =
                Colour.of(
                        random.between(0, 0.15), random.between(0, 0.5), random.between(0.2, 0.8));
        Colour second =
                texture == Texture.WINDOWS
                        ? Colour.of(random.between(0.5, 0.65), 0.3, random.between(0.04, 0.3))
                        : near(base, 0.4);
        double period = texture == Texture.WINDOWS ? random.between(2.4, 3.6) : period(texture);
        return surface(texture, base, second, period, 0.3, 0);
    }

    Surface leaves() {
        Colour base =
                Colour.of(
                        random.between(0.15, 0.38),
                        random.between(0.35, 0.75),
                        random.between(0.12, 0.4));
        return surface(Texture.SPECKLED, base, base.times(0.35), random.between(0.25, 0.6), 0.7, 0);
    }

    Surface bark() {
        Colour base =
                Colour.of(
                        random.between(0.05, 0.1),
                        random.between(0.2, 0.5),
                        random.between(0.08, 0.3));
        return surface(Texture.CLOUDY, base, base.times(0.4), 0.12, 0.5, 0);
    }

    Surface stone() {
        Colour base =
                Colour.of(
                        random.between(0, 0.15), random.between(0, 0.2), random.between(0.2, 0.6));
        return surface(Texture.CLOUDY, base, base.times(0.5), random.between(0.2, 0.5), 0.5, 0);
    }

    Surface plain(double hue, double saturation, double value, double gloss) {
        Colour base = Colour.of(hue, saturation, value);
        return surface(Texture.PLAIN, base, base, 1, 0.08, gloss);
    }

    Surface lamp() {
        return new Surface(
                Texture.PLAIN, Colour.WHITE, Colour.WHITE, 1, 0, 0, random.between(0.8, 2.5), 0);
    }

    /** A picture on a wall, or a window with daylight behind it. */
    Surface pane() {
        if (random.chance(0.4)) {
            Colour light = Colour.of(0.58, random.between(0, 0.3), random.between(0.6, 1));
            return new Surface(
                    Texture.TILED,
                    light,
                    light.times(0.3),
                    random.between(0.4, 0.8),
                    0,
                    0,
                    0.7,
                    0.2);
        }
        Colour base = any();
        return surface(Texture.CLOUDY, base, any(), random.between(0.15, 0.4), 0.2, 0.1);
    }

    private Surface surface(
            Texture texture,
            Colour first,
            Colour second,
            double period,
            double grain,
            double gloss) {
        double strength = grain * random.between(0.3, 1.3);
        return new Surface(
                texture, first, second, period, strength, gloss, 0, random.between(0, 50));
    }

    private double period(Texture texture) {
        return switch (texture) {
            case BRICK -> random.between(0.2, 0.3);
            case TILED, CHECKED -> random.between(0.2, 0.6);
            case PLANKS -> random.between(0.09, 0.2);
            case STRIPED, DOTTED -> random.between(0.1, 0.4);
            case CLOUDY -> random.between(0.3, 1.2);
            default -> random.between(0.1, 0.4);
        };
    }

    private Colour wood() {
        return Colour.of(
                random.between(0.05, 0.11), random.between(0.3, 0.65), random.between(0.12, 0.6));
    }

    private Colour any() {
        return Colour.of(random.between(0, 1), random.between(0, 0.8), random.between(0.05, 0.9));
    }

    /** A colour of the same kind, darker or lighter by at most this share. */
    private Colour near(Colour base, double share) {
        double factor =
                random.chance(0.6)
                        ? 1 - random.between(0.1, 1) * share
                        : 1 + random.between(0.1, 1) * share;
        return base.times(factor).toward(any(), random.between(0, 0.15));
    }
}
