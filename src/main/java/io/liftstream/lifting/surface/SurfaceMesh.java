package io.liftstream.lifting.surface;

import io.liftstream.frame.Axes;

/**
 * Triangles over a grid of distances, in metres. Not watertight: it ends where a surface ends, and
 * shows one side only. Arrays are not copied; nobody writes to them.
 *
 * @param positions x, y, z of each vertex
 * @param pixels row-major index of each vertex's pixel in the picture, ascending
 * @param triangles three vertices each, counter-clockwise for who looks from the camera
 * @param axes the axis convention of the positions
 */
public record SurfaceMesh(float[] positions, int[] pixels, int[] triangles, Axes axes) {

    /** {@return the number of vertices} */
    public int vertexCount() {
        return pixels.length;
    }

    /** {@return the number of triangles} */
    public int triangleCount() {
        return triangles.length / 3;
    }
}
