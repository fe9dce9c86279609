package io.liftstream.lifting;

import io.liftstream.image.RgbImage;
import io.liftstream.lifting.calibration.Rays;
import io.liftstream.lifting.surface.GridMesh;
import io.liftstream.lifting.surface.SurfaceMesh;

/** A mesh before it is laid, as fine as it is wanted. Valid until the next image is lifted. */
public final class UnlaidMesh {
    private final RgbImage picture;
    private final float[] metres;
    private final LiftingParameters parameters;

    /**
     * @param metres row-major distances of the picture's pixels; not copied
     */
    UnlaidMesh(RgbImage picture, float[] metres, LiftingParameters parameters) {
        this.picture = picture;
        this.metres = metres;
        this.parameters = parameters;
    }

    /** {@return the picture that the mesh is textured with} */
    public RgbImage picture() {
        return picture;
    }

    /** {@return pixels from vertex to vertex, as asked for: 1, 2 or 4} */
    public int step() {
        return parameters.mesh().step();
    }

    /**
     * {@return the mesh with a vertex on every so many-th row and column}
     *
     * @param step 1, 2 or 4
     */
    public SurfaceMesh lay(int step) {
        return GridMesh.of(
                metres,
                picture.width(),
                picture.height(),
                Rays.ofPinhole(parameters.intrinsics()),
                parameters.axes(),
                Unprojector.end(parameters.depthTrunc()),
                parameters.mesh().withStep(step));
    }
}
