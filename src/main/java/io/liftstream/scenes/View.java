package io.liftstream.scenes;

import io.liftstream.frame.Intrinsics;

/**
 * One picture to be taken: where the camera stands, how it is turned, and the size of the picture.
 *
 * <p>The ray of a pixel is {@code ahead + right * slopeX + down * slopeY}: its component along the
 * optical axis is one, so that a distance along the ray, in its own lengths, is the depth z.
 */
record View(Vector position, Rotation turned, int width, int height, Intrinsics intrinsics) {

    static View of(Scene scene, double frame, int width, int height) {
        return new View(
                scene.path().position(frame),
                scene.path().orientation(frame),
                width,
                height,
                scene.lens().intrinsics(width, height));
    }

    double slopeX(int column) {
        return (column - intrinsics.cx()) / intrinsics.fx();
    }

    double slopeY(int row) {
        return (row - intrinsics.cy()) / intrinsics.fy();
    }

    Vector down() {
        return turned.up().times(-1);
    }

    /** A world point as right, down and ahead of the camera. */
    Vector seen(Vector point) {
        Vector body = turned.apply(point.minus(position));
        return new Vector(body.x(), -body.z(), body.y());
    }
}
