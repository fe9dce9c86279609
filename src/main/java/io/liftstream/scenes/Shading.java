package io.liftstream.scenes;

/** The linear light that reaches the lens through each pixel, {@code [height][width][3]}. */
final class Shading {
    private static final double CORNER = 0.35;

    private final Scene scene;
    private final View view;
    private final Visibility visibility;
    private final Shadows shadows;
    private final float[] radiance;

    /* The pixel at hand: its place, the normal there, and the ray that found it. */
    private double x;
    private double y;
    private double z;
    private double normalX;
    private double normalY;
    private double normalZ;
    private double rayX;
    private double rayY;
    private double rayZ;
    private double textureU;
    private double textureV;
    private double corner;

    private Shading(Scene scene, View view, Visibility visibility, Shadows shadows) {
        this.scene = scene;
        this.view = view;
        this.visibility = visibility;
        this.shadows = shadows;
        this.radiance = new float[visibility.depth.length * 3];
    }

    static float[] of(Scene scene, View view, Visibility visibility, Shadows shadows) {
        Shading shading = new Shading(scene, view, visibility, shadows);
        shading.shadeAll();
        return shading.radiance;
    }

    private void shadeAll() {
        Vector right = view.turned().right();
        Vector down = view.down();
        Vector ahead = view.turned().ahead();
        for (int row = 0; row < view.height(); row++) {
            double slopeY = view.slopeY(row);
            for (int column = 0; column < view.width(); column++) {
                double slopeX = view.slopeX(column);
                rayX = ahead.x() + right.x() * slopeX + down.x() * slopeY;
                rayY = ahead.y() + right.y() * slopeX + down.y() * slopeY;
                rayZ = ahead.z() + right.z() * slopeX + down.z() * slopeY;
                shade(row * view.width() + column);
            }
        }
    }

    private void shade(int pixel) {
        int body = visibility.body[pixel];
        if (body == Visibility.SKY) {
            sky(pixel);
            return;
        }
        double depth = visibility.depth[pixel];
        x = view.position().x() + rayX * depth;
        y = view.position().y() + rayY * depth;
        z = view.position().z() + rayZ * depth;
        Solid solid = scene.solids().get(body);
        touch(solid);
        light(pixel, solid, depth);
    }

    private void sky(int pixel) {
        double length = Math.sqrt(rayX * rayX + rayY * rayY + rayZ * rayZ);
        double height = Math.max(0, rayZ / length);
        Light light = scene.light();
        double bright = Math.sqrt(height);
        double cloud = 0;
        if (height > 0.02) {
            double spread = 1.5 / (height + 0.15);
            cloud =
                    light.clouds()
                            * Math.max(0, 2 * Noise.cloudy(rayX * spread + 9, rayY * spread) - 0.7);
        }
        store(
                pixel,
                light.hazeColour().red() * (1 - bright) + light.zenith().red() * bright + cloud,
                light.hazeColour().green() * (1 - bright) + light.zenith().green() * bright + cloud,
                light.hazeColour().blue() * (1 - bright) + light.zenith().blue() * bright + cloud);
    }

    /** Finds normal and texture coordinates where the ray meets the body. */
    private void touch(Solid solid) {
        double px = x - solid.centre.x();
        double py = y - solid.centre.y();
        double pz = z - solid.centre.z();
        Rotation turn = solid.rotation;
        double a = dot(turn.right(), px, py, pz);
        double b = dot(turn.ahead(), px, py, pz);
        double c = dot(turn.up(), px, py, pz);
        double ua = a / solid.half.x();
        double ub = b / solid.half.y();
        double uc = c / solid.half.z();
        corner = 1;
        switch (solid.shape) {
            case ELLIPSOID -> {
                wrap(solid, ua, ub, c);
                turnNormal(turn, ua / solid.half.x(), ub / solid.half.y(), uc / solid.half.z());
            }
            case CYLINDER -> {
                if (Math.abs(uc) > 0.9999) {
                    textureU = a;
                    textureV = b;
                    turnNormal(turn, 0, 0, uc);
                } else {
                    wrap(solid, ua, ub, c);
                    turnNormal(turn, ua / solid.half.x(), ub / solid.half.y(), 0);
                }
            }
            default -> box(solid, a, b, c, solid.shape == Solid.Shape.ROOM ? -1 : 1);
        }
    }

    private void wrap(Solid solid, double ua, double ub, double c) {
        textureU = Math.atan2(ub, ua) * 0.5 * (solid.half.x() + solid.half.y());
        textureV = c;
    }

    private void box(Solid solid, double a, double b, double c, int sign) {
        Vector half = solid.half;
        double ua = Math.abs(a / half.x());
        double ub = Math.abs(b / half.y());
        double uc = Math.abs(c / half.z());
        if (sign < 0) {
            corner =
                    corner(half.x() - Math.abs(a))
                            * corner(half.y() - Math.abs(b))
                            * corner(half.z() - Math.abs(c))
                            / corner(0);
        }
        if (uc >= ua && uc >= ub) {
            textureU = a;
            textureV = b;
            turnNormal(solid.rotation, 0, 0, sign * c);
        } else if (ua >= ub) {
            textureU = b;
            textureV = c;
            turnNormal(solid.rotation, sign * a, 0, 0);
        } else {
            textureU = a;
            textureV = c;
            turnNormal(solid.rotation, 0, sign * b, 0);
        }
    }

    /** Corners of a room are darker: less light finds its way into them. */
    private static double corner(double gap) {
        double near = Math.max(0, 1 - gap / CORNER);
        return 1 - 0.3 * near * near;
    }

    private void turnNormal(Rotation turn, double a, double b, double c) {
        double nx = turn.right().x() * a + turn.ahead().x() * b + turn.up().x() * c;
        double ny = turn.right().y() * a + turn.ahead().y() * b + turn.up().y() * c;
        double nz = turn.right().z() * a + turn.ahead().z() * b + turn.up().z() * c;
        double scale = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
        normalX = nx * scale;
        normalY = ny * scale;
        normalZ = nz * scale;
    }

    private void light(int pixel, Solid solid, double depth) {
        Surface surface = solid.surface;
        Light light = scene.light();
        double rayLength = Math.sqrt(rayX * rayX + rayY * rayY + rayZ * rayZ);
        double facing = Math.abs(normalX * rayX + normalY * rayY + normalZ * rayZ) / rayLength;
        double footprint = depth / view.intrinsics().fx() / Math.max(0.15, facing);
        double scale = 1 / surface.period();
        double u = textureU + surface.offset();
        double v = textureV + surface.offset() * 0.7;
        double share = surface.texture().mix(u * scale, v * scale, footprint * scale);
        double grain = grain(surface, u, v, footprint);

        double keyed = keyed(light) * shadows.direct[pixel];
        double filled = filled(light);
        double up = 0.5 + 0.5 * normalZ;
        double open = shadows.around[pixel] * corner;
        double shine = surface.gloss() > 0 ? keyed * surface.gloss() * shine(light, rayLength) : 0;
        double clear = Math.exp(-light.haze() * depth * rayLength);
        Colour first = surface.first();
        Colour second = surface.second();
        store(
                pixel,
                channel(
                        (first.red() + (second.red() - first.red()) * share) * grain,
                        light.key().red() * keyed
                                + filled
                                + open * mix(light.below().red(), light.above().red(), up)
                                + surface.glow(),
                        light.key().red() * shine,
                        clear,
                        light.hazeColour().red()),
                channel(
                        (first.green() + (second.green() - first.green()) * share) * grain,
                        light.key().green() * keyed
                                + filled
                                + open * mix(light.below().green(), light.above().green(), up)
                                + surface.glow(),
                        light.key().green() * shine,
                        clear,
                        light.hazeColour().green()),
                channel(
                        (first.blue() + (second.blue() - first.blue()) * share) * grain,
                        light.key().blue() * keyed
                                + filled
                                + open * mix(light.below().blue(), light.above().blue(), up)
                                + surface.glow(),
                        light.key().blue() * shine,
                        clear,
                        light.hazeColour().blue()));
    }

    private static double channel(
            double albedo, double incoming, double shine, double clear, double haze) {
        return (albedo * incoming + shine) * clear + haze * (1 - clear);
    }

    /** Fine irregular shade, in features of 2 cm and 40 cm, as far as the pixel can tell them. */
    private static double grain(Surface surface, double u, double v, double footprint) {
        if (surface.grain() == 0) {
            return 1;
        }
        double fine = Math.max(0, Math.min(1, 1.5 - footprint / 0.02));
        double coarse = Noise.smooth(u * 2.5 + 40, v * 2.5) - 0.5;
        double shade = coarse;
        if (fine > 0) {
            shade += fine * (Noise.smooth(u * 50, v * 50) - 0.5);
        }
        return 1 + surface.grain() * shade;
    }

    /** Cosine law and distance for the key light, without shadow. */
    private double keyed(Light light) {
        return lambert(light.position(), light.reach());
    }

    private double filled(Light light) {
        return light.fillStrength() * lambert(light.fill(), 3);
    }

    private double lambert(Vector lamp, double reach) {
        double lx = lamp.x() - x;
        double ly = lamp.y() - y;
        double lz = lamp.z() - z;
        double cosine = lx * normalX + ly * normalY + lz * normalZ;
        if (cosine <= 0) {
            return 0;
        }
        double square = lx * lx + ly * ly + lz * lz;
        return cosine / Math.sqrt(square) / (1 + square / (reach * reach));
    }

    /** Blinn's highlight: how well the normal halves the angle between lamp and eye. */
    private double shine(Light light, double rayLength) {
        Vector lamp = light.position();
        double lx = lamp.x() - x;
        double ly = lamp.y() - y;
        double lz = lamp.z() - z;
        double scale = rayLength / Math.sqrt(lx * lx + ly * ly + lz * lz);
        double hx = lx * scale - rayX;
        double hy = ly * scale - rayY;
        double hz = lz * scale - rayZ;
        double cosine = hx * normalX + hy * normalY + hz * normalZ;
        double square = cosine * cosine / (hx * hx + hy * hy + hz * hz);
        double fourth = square * square;
        double eighth = fourth * fourth;
        return eighth * eighth;
    }

    private void store(int pixel, double red, double green, double blue) {
        radiance[3 * pixel] = (float) red;
        radiance[3 * pixel + 1] = (float) green;
        radiance[3 * pixel + 2] = (float) blue;
    }

    private static double mix(double low, double high, double share) {
        return low + (high - low) * share;
    }

    private static double dot(Vector axis, double x, double y, double z) {
        return axis.x() * x + axis.y() * y + axis.z() * z;
    }
}
