package io.liftstream.scenes;

/** Linear light in red, green and blue; 1 is a white surface in full light. */
record Colour(double red, double green, double blue) {
    static final Colour WHITE = new Colour(1, 1, 1);

    /** From hue (turns), saturation and value, all 0..1. */
    static Colour of(double hue, double saturation, double value) {
        return new Colour(
                channel(hue, saturation, value),
                channel(hue + 2.0 / 3, saturation, value),
                channel(hue + 1.0 / 3, saturation, value));
    }

    private static double channel(double hue, double saturation, double value) {
        double turn = hue - Math.floor(hue);
        double weight = Math.max(0, Math.min(1, Math.abs(turn * 6 - 3) - 1));
        return value * (1 - saturation * (1 - weight));
    }

    Colour times(double factor) {
        return new Colour(red * factor, green * factor, blue * factor);
    }

    Colour toward(Colour other, double share) {
        return new Colour(
                red + (other.red - red) * share,
                green + (other.green - green) * share,
                blue + (other.blue - blue) * share);
    }
}
