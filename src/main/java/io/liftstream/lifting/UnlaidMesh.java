package io.liftstream.lifting;

import io.liftstream.image.RgbImage;
import io.liftstream.lifting.calibration.Rays;
import io.liftstream.lifting.surface.GridMesh;
import io.liftstream.lifting.surface.SurfaceMesh;

/** A mesh before it is laid, as fine as it is wanted. Valid until the next image is lifted. */
public final class UnlaidMesh {
    private final EstimatedImage image;
    private final float[] metres;

    /**
     * @param metres row-major distances of the picture's pixels; not copied
     */
    UnlaidMesh(EstimatedImage image, float[] metres) {
        this.image = image;
        this.metres = metres;
    }

    /** {@return the picture that the mesh is textured with, at the result's size} */
    public RgbImage picture() {
        return image.image();
    }

    /** {@return pixels from vertex to vertex, as asked for: 1, 2 or 4} */
    public int step() {
        return image.parameters().mesh().step();
    }

    /**
     * {@return the mesh with a vertex on every so many-th row and column}
     *
     * @param step 1, 2 or 4
     */
    public SurfaceMesh lay(int step) {
        LiftingParameters parameters = image.parameters();
        return GridMesh.of(
                metres,
                image.image().width(),
                image.image().height(),
                image.rays() != null ? image.rays() : Rays.ofPinhole(parameters.intrinsics()),
                parameters.axes(),
                Unprojector.end(parameters.depthTrunc()),
                parameters.mesh().withStep(step));
    }
}
