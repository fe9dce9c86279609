package io.liftstream.lifting.surface;

import java.io.Serializable;

/**
 * How a mesh is laid over a grid of distances.
 *
 * @param step vertices are on every so many-th row and column: 1, 2 or 4
 * @param maxAngle degrees between a triangle's normal and the ray to it, above 0 and at most 90;
 *     triangles that are seen more from the side are left out
 * @param maxJump share of the larger inverse distance that may lie between two neighbouring pixels
 *     of one surface, above 0 and below 1
 */
public record MeshSettings(int step, double maxAngle, double maxJump) implements Serializable {

    /**
     * {@return the same on every so many-th row and column}
     *
     * @param other 1, 2 or 4
     */
    public MeshSettings withStep(int other) {
        return new MeshSettings(other, maxAngle, maxJump);
    }
}
