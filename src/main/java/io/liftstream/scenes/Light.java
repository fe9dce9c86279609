package io.liftstream.scenes;

/**
 * What lights a scene: one lamp or sun that throws soft shadows, a weak one that throws none, the
 * sky's and the floor's reflected light, and haze.
 *
 * @param position of the key light, metres; a sun is a lamp far away
 * @param radius of the key light, metres: the softness of shadows
 * @param key colour and strength of the key light on a surface that faces it
 * @param reach distance in metres at which the key light has lost half its strength; infinite for a
 *     sun
 * @param fill position of the weak light
 * @param fillStrength its strength
 * @param above light from above, as from sky or ceiling
 * @param below light from below, as from the floor
 * @param haze part of the light lost per metre of air
 * @param hazeColour colour of what the haze adds, and of the horizon
 * @param zenith colour of the sky overhead
 * @param clouds how much of the sky is clouded, 0..1
 */
record Light(
        Vector position,
        double radius,
        Colour key,
        double reach,
        Vector fill,
        double fillStrength,
        Colour above,
        Colour below,
        double haze,
        Colour hazeColour,
        Colour zenith,
        double clouds) {}
