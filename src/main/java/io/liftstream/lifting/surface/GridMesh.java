package io.liftstream.lifting.surface;

import io.liftstream.frame.Axes;
import io.liftstream.lifting.calibration.Rays;
import java.util.Arrays;

/**
 * Lays a mesh over a grid of distances, as PCL's OrganizedFastMesh does: neighbours on the grid are
 * joined unless a jump divides them, and each square is cut along the diagonal with the smaller
 * jump. Where one corner stands apart, the other three make a triangle. In order of the pixels, so
 * that the same distances give the same mesh.
 */
public final class GridMesh {
    private final float[] metres;
    private final int width;
    private final int height;
    private final Rays rays;
    private final float end;
    private final MeshSettings options;
    private final double maxJump;
    private final double leastCosine;
    private final float[] right;
    private final float[] down;
    private int[] triangles = new int[1 << 12];
    private int size;

    private GridMesh(
            float[] metres, int width, int height, Rays rays, float end, MeshSettings options) {
        this.metres = metres;
        this.width = width;
        this.height = height;
        this.rays = rays;
        this.end = end;
        this.options = options;
        // From one vertex to the next it is so many steps from pixel to pixel.
        this.maxJump = 1 - Math.pow(1 - options.maxJump(), options.step());
        this.leastCosine = StrictMath.cos(StrictMath.toRadians(options.maxAngle()));
        this.right = new float[width * height];
        this.down = new float[width * height];
    }

    /**
     * Makes a mesh.
     *
     * @param metres row-major distances along the optical axis; 0, negative, NaN or infinite where
     *     there is none
     * @param width columns
     * @param height rows
     * @param rays of the pixels
     * @param axes of the mesh
     * @param end metres; vertices at or beyond it are left out
     * @param options how
     * @return the mesh; without triangles where no surface was found
     */
    public static SurfaceMesh of(
            float[] metres,
            int width,
            int height,
            Rays rays,
            Axes axes,
            float end,
            MeshSettings options) {
        GridMesh mesh = new GridMesh(metres, width, height, rays, end, options);
        mesh.place();
        mesh.triangulate();
        return mesh.compact(axes);
    }

    /** Finds where the grid's vertices are; their third coordinate is the distance. */
    private void place() {
        for (int row = 0; row < height; row += options.step()) {
            for (int column = 0; column < width; column += options.step()) {
                int pixel = row * width + column;
                double z = metres[pixel];
                right[pixel] = (float) (rays.x(column, row) * z);
                down[pixel] = (float) (rays.y(column, row) * z);
            }
        }
    }

    private void triangulate() {
        int step = options.step();
        for (int row = 0; row + step < height; row += step) {
            for (int column = 0; column + step < width; column += step) {
                int upper = row * width + column;
                int lower = upper + step * width;
                square(upper, upper + step, lower, lower + step);
            }
        }
    }

    private void square(int leftUp, int rightUp, int leftDown, int rightDown) {
        boolean falling = isJoined(leftUp, rightDown);
        boolean rising = isJoined(leftDown, rightUp);
        if (falling && rising) {
            falling = jump(leftUp, rightDown) <= jump(leftDown, rightUp);
            rising = !falling;
        }
        if (falling) {
            triangle(leftUp, leftDown, rightDown);
            triangle(leftUp, rightDown, rightUp);
        } else if (rising) {
            triangle(leftUp, leftDown, rightUp);
            triangle(rightUp, leftDown, rightDown);
        }
    }

    private boolean isJoined(int a, int b) {
        return isMeasured(a) && isMeasured(b) && !DepthEdges.isJump(metres[a], metres[b], maxJump);
    }

    private boolean isMeasured(int pixel) {
        return metres[pixel] > 0 && metres[pixel] < end;
    }

    private float jump(int a, int b) {
        return Math.abs(metres[a] - metres[b]);
    }

    private void triangle(int a, int b, int c) {
        if (!isJoined(a, b) || !isJoined(b, c) || !isJoined(c, a) || !facesTheCamera(a, b, c)) {
            return;
        }
        if (size + 3 > triangles.length) {
            triangles = Arrays.copyOf(triangles, 2 * triangles.length);
        }
        triangles[size++] = a;
        triangles[size++] = b;
        triangles[size++] = c;
    }

    /** Whether the ray to the first corner meets the triangle steeply enough; false without ray. */
    private boolean facesTheCamera(int a, int b, int c) {
        double ux = right[b] - right[a];
        double uy = down[b] - down[a];
        double uz = metres[b] - metres[a];
        double vx = right[c] - right[a];
        double vy = down[c] - down[a];
        double vz = metres[c] - metres[a];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double x = right[a];
        double y = down[a];
        double z = metres[a];
        double along = nx * x + ny * y + nz * z;
        double normal = nx * nx + ny * ny + nz * nz;
        double ray = x * x + y * y + z * z;
        return along * along >= leastCosine * leastCosine * normal * ray && normal > 0;
    }

    /** Numbers the pixels that are corners, and takes the triangles from pixels to vertices. */
    private SurfaceMesh compact(Axes axes) {
        int[] vertexOf = new int[width * height];
        for (int i = 0; i < size; i++) {
            vertexOf[triangles[i]] = 1;
        }
        int vertices = 0;
        for (int pixel = 0; pixel < vertexOf.length; pixel++) {
            vertices += vertexOf[pixel];
        }
        int[] pixels = new int[vertices];
        float[] positions = new float[3 * vertices];
        int vertex = 0;
        int sign = axes == Axes.OPENGL ? -1 : 1;
        for (int pixel = 0; pixel < vertexOf.length; pixel++) {
            if (vertexOf[pixel] != 0) {
                positions[3 * vertex] = right[pixel];
                positions[3 * vertex + 1] = sign * down[pixel];
                positions[3 * vertex + 2] = sign * metres[pixel];
                pixels[vertex] = pixel;
                vertexOf[pixel] = vertex++;
            }
        }
        int[] corners = new int[size];
        for (int i = 0; i < size; i++) {
            corners[i] = vertexOf[triangles[i]];
        }
        return new SurfaceMesh(positions, pixels, corners, axes);
    }
}
