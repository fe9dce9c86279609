package io.liftstream.scenes;

/**
 * What a solid looks like.
 *
 * @param texture how the two colours are laid out
 * @param first linear colour, 0..1
 * @param second linear colour of joints, stripes, windows
 * @param period metres from one repetition of the texture to the next
 * @param grain strength of fine irregular shade over the texture, 0..1
 * @param gloss strength of the highlight, 0..1
 * @param glow light that it sends out by itself, 0 for all but lamps and windows
 * @param offset shifts the texture, so that no two solids show the same part of it
 */
record Surface(
        Texture texture,
        Colour first,
        Colour second,
        double period,
        double grain,
        double gloss,
        double glow,
        double offset) {}
