package io.liftstream.bench;

import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.SuppliedDepth;
import io.liftstream.lifting.surface.SurfaceMesh;
import io.liftstream.scenes.RenderedFrame;
import io.liftstream.scenes.SceneFamily;
import io.liftstream.scenes.StillCamera;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Draws the pictures of the lifting README: a rendered scene whose true distances were blurred as a
 * network blurs them, seen from the side, as points with and without the edge filter and as a mesh;
 * and the distance of a wall, by the bundled network, while a box passes.
 */
public final class GeometryPictures {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final double TURN = Math.toRadians(28);
    private static final double FOCAL = 260;

    private final byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    private final float[] nearest = new float[WIDTH * HEIGHT];
    private double middle;

    private GeometryPictures() {
        Arrays.fill(rgb, (byte) 250);
        Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    }

    /**
     * Writes the pictures.
     *
     * @param args the folder
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        RenderedFrame frame = StillCamera.of(3, SceneFamily.ROOM, WIDTH, HEIGHT).withBox(0, 0.1);
        try (DepthEstimation estimation = new DepthEstimation()) {
            DepthEstimationResult flying = estimation.run(command(frame, 0));
            DepthEstimationResult clean = estimation.run(command(frame, 0.04));
            write(folder.resolve("edges-before.png"), ofCloud(flying.pointCloud()).picture());
            write(folder.resolve("edges-after.png"), ofCloud(clean.pointCloud()).picture());
            write(folder.resolve("mesh.png"), ofMesh(clean.mesh(), frame).picture());
            write(folder.resolve("steady.png"), WallChart.of(estimation).picture());
        }
    }

    private static DepthEstimationCommand command(RenderedFrame frame, double edgeFilter) {
        Intrinsics camera = frame.intrinsics();
        return DepthEstimationCommand.ofImage(
                        ImageEncoder.png(new RgbImage(WIDTH, HEIGHT, frame.rgb())))
                .suppliedDepth(
                        new SuppliedDepth.Floats(WIDTH, HEIGHT, smoothed(frame.depthMetres())))
                .returnPointCloud(true)
                .returnMesh(true)
                .advancedConfig(
                        DepthEstimationAdvanceConfig.builder()
                                .fx(camera.fx())
                                .fy(camera.fy())
                                .cx(camera.cx())
                                .cy(camera.cy())
                                .edgeFilter(edgeFilter)
                                .meshStep(1)
                                .build())
                .build();
    }

    /** True distances as a network of a quarter of the size would draw them: edges become ramps. */
    private static float[] smoothed(float[] metres) {
        float[] result = new float[metres.length];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double sum = 0;
                int count = 0;
                for (int dy = -2; dy <= 2; dy++) {
                    for (int dx = -2; dx <= 2; dx++) {
                        int column = Math.max(0, Math.min(WIDTH - 1, x + dx));
                        int row = Math.max(0, Math.min(HEIGHT - 1, y + dy));
                        sum += 1 / metres[row * WIDTH + column];
                        count++;
                    }
                }
                result[y * WIDTH + x] = (float) (count / sum);
            }
        }
        return result;
    }

    private static GeometryPictures ofCloud(PointCloud cloud) {
        GeometryPictures picture = new GeometryPictures();
        picture.middle = middle(cloud);
        for (int i = 0; i < cloud.count(); i++) {
            int colour = cloud.red(i) << 16 | cloud.green(i) << 8 | cloud.blue(i);
            double[] seen = picture.seen(cloud.x(i), cloud.y(i), cloud.z(i));
            picture.dot((int) Math.round(seen[0]), (int) Math.round(seen[1]), seen[2], colour);
        }
        return picture;
    }

    private static double middle(PointCloud cloud) {
        double[] depths = new double[cloud.count()];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = cloud.z(i);
        }
        Arrays.sort(depths);
        return depths[depths.length / 3];
    }

    private static GeometryPictures ofMesh(SurfaceMesh mesh, RenderedFrame frame) {
        GeometryPictures picture = new GeometryPictures();
        double[] depths = new double[mesh.vertexCount()];
        for (int i = 0; i < depths.length; i++) {
            depths[i] = mesh.positions()[3 * i + 2];
        }
        Arrays.sort(depths);
        picture.middle = depths[depths.length / 3];
        for (int i = 0; i < mesh.triangles().length; i += 3) {
            double[][] corners = new double[3][];
            for (int c = 0; c < 3; c++) {
                int v = 3 * mesh.triangles()[i + c];
                float[] p = mesh.positions();
                corners[c] = picture.seen(p[v], p[v + 1], p[v + 2]);
            }
            picture.triangle(corners, colour(frame.rgb(), mesh.pixels()[mesh.triangles()[i]]));
        }
        return picture;
    }

    private static int colour(byte[] rgb, int pixel) {
        return (rgb[3 * pixel] & 0xff) << 16
                | (rgb[3 * pixel + 1] & 0xff) << 8
                | (rgb[3 * pixel + 2] & 0xff);
    }

    /** Column, row and distance from a camera that went around the scene. */
    private double[] seen(double x, double y, double z) {
        double away = z - middle;
        double right = Math.cos(TURN) * x + Math.sin(TURN) * away;
        double ahead = -Math.sin(TURN) * x + Math.cos(TURN) * away + 1.25 * middle;
        return new double[] {
            WIDTH / 2.0 + FOCAL * right / ahead, HEIGHT / 2.0 + FOCAL * y / ahead, ahead
        };
    }

    private void dot(int column, int row, double distance, int colour) {
        if (column < 0 || row < 0 || column >= WIDTH || row >= HEIGHT || distance <= 0) {
            return;
        }
        int pixel = row * WIDTH + column;
        if (distance < nearest[pixel]) {
            nearest[pixel] = (float) distance;
            rgb[3 * pixel] = (byte) (colour >> 16);
            rgb[3 * pixel + 1] = (byte) (colour >> 8);
            rgb[3 * pixel + 2] = (byte) colour;
        }
    }

    private void triangle(double[][] p, int colour) {
        double area = edge(p[0], p[1], p[2][0], p[2][1]);
        int left = (int) Math.floor(Math.min(p[0][0], Math.min(p[1][0], p[2][0])));
        int right = (int) Math.ceil(Math.max(p[0][0], Math.max(p[1][0], p[2][0])));
        int top = (int) Math.floor(Math.min(p[0][1], Math.min(p[1][1], p[2][1])));
        int bottom = (int) Math.ceil(Math.max(p[0][1], Math.max(p[1][1], p[2][1])));
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double a = edge(p[1], p[2], column, row) / area;
                double b = edge(p[2], p[0], column, row) / area;
                double c = 1 - a - b;
                if (a >= -1e-9 && b >= -1e-9 && c >= -1e-9) {
                    dot(column, row, a * p[0][2] + b * p[1][2] + c * p[2][2], colour);
                }
            }
        }
    }

    private static double edge(double[] from, double[] to, double x, double y) {
        return (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
    }

    private RgbImage picture() {
        return new RgbImage(WIDTH, HEIGHT, rgb);
    }

    private static void write(Path file, RgbImage picture) throws IOException {
        Files.write(file, ImageEncoder.png(picture));
    }
}
