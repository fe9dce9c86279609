package io.liftstream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.javagl.jgltf.model.AccessorFloatData;
import de.javagl.jgltf.model.GltfModel;
import de.javagl.jgltf.model.MeshPrimitiveModel;
import de.javagl.jgltf.model.io.GltfModelReader;
import io.liftstream.frame.Axes;
import io.liftstream.frame.Intrinsics;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.calibration.Rays;
import io.liftstream.lifting.surface.DepthEdges;
import io.liftstream.lifting.surface.GridMesh;
import io.liftstream.lifting.surface.MeshSettings;
import io.liftstream.lifting.surface.SurfaceMesh;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** jgltf, another reader of the format, reads what we write. */
class MeshFilesTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    @ParameterizedTest
    @EnumSource
    void glbIsReadBackVertexForVertex(Axes axes) throws Exception {
        SurfaceMesh mesh = mesh(1, axes);
        byte[] file = GlbFile.encode(mesh, picture());
        MeshPrimitiveModel primitive = primitive(file);

        AccessorFloatData positions =
                (AccessorFloatData) primitive.getAttributes().get("POSITION").getAccessorData();
        assertThat(positions.getNumElements()).isEqualTo(mesh.vertexCount());
        float up = axes == Axes.OPENGL ? 1 : -1;
        for (int vertex : new int[] {0, 1000, mesh.vertexCount() - 1}) {
            assertThat(positions.get(vertex, 0)).isEqualTo(mesh.positions()[3 * vertex]);
            assertThat(positions.get(vertex, 1)).isEqualTo(up * mesh.positions()[3 * vertex + 1]);
            assertThat(positions.get(vertex, 2)).isEqualTo(up * mesh.positions()[3 * vertex + 2]);
        }
        // In front of the camera, which looks along -z.
        assertThat(positions.computeMax()[2]).isLessThan(0);
        Number[] stated = primitive.getAttributes().get("POSITION").getMin();
        assertThat(stated[0].floatValue()).isEqualTo(positions.computeMin()[0]);
        assertThat(indices(primitive)).isEqualTo(mesh.triangles());
        assertThat(GlbFile.encode(mesh(1, axes), picture())).isEqualTo(file);
    }

    @Test
    void theBytesAreTheSameWhereDigitsAreOthers() {
        byte[] file = GlbFile.encode(mesh(2, Axes.OPENGL), picture());
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(GlbFile.encode(mesh(2, Axes.OPENGL), picture())).isEqualTo(file);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 5125", "2, 5123"})
    void indicesAreAsShortAsTheyMayBe(int step, int type) throws Exception {
        MeshPrimitiveModel primitive =
                primitive(GlbFile.encode(mesh(step, Axes.OPTICAL), picture()));
        assertThat(primitive.getIndices().getComponentType()).isEqualTo(type);
    }

    @Test
    void theTextureIsThePictureAndEachVertexIsOnItsPixel() throws Exception {
        SurfaceMesh mesh = mesh(2, Axes.OPTICAL);
        GltfModel model = read(GlbFile.encode(mesh, picture()));
        ByteBuffer jpeg = model.getImageModels().get(0).getImageData();
        byte[] bytes = new byte[jpeg.remaining()];
        jpeg.get(bytes);
        RgbImage texture = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS).decode(bytes);
        assertThat(texture.width()).isEqualTo(WIDTH);
        AccessorFloatData places =
                (AccessorFloatData)
                        primitive(model).getAttributes().get("TEXCOORD_0").getAccessorData();
        int vertex = mesh.vertexCount() / 3;
        int row = mesh.pixels()[vertex] / WIDTH;
        assertThat(places.get(vertex, 0) * WIDTH - 0.5f)
                .isCloseTo(mesh.pixels()[vertex] % WIDTH, within(1e-3f));
        assertThat(places.get(vertex, 1) * HEIGHT - 0.5f).isCloseTo(row, within(1e-3f));
    }

    @Test
    void aMeshWithoutTrianglesIsAnEmptyScene() throws Exception {
        SurfaceMesh empty = new SurfaceMesh(new float[0], new int[0], new int[0], Axes.OPTICAL);
        assertThat(read(GlbFile.encode(empty, picture())).getMeshModels()).isEmpty();
    }

    @Test
    void plyHasTheVerticesAsACloudHasItsPointsAndThenTheTriangles() throws Exception {
        SurfaceMesh mesh = mesh(2, Axes.OPENGL);
        byte[] file = MeshPlyFile.encode(mesh, picture());
        PointCloud vertices = PlyFile.decode(file);
        assertThat(vertices.count()).isEqualTo(mesh.vertexCount());
        assertThat(vertices.axes()).isEqualTo(Axes.OPENGL);
        int last = mesh.vertexCount() - 1;
        assertThat(vertices.z(last)).isEqualTo(mesh.positions()[3 * last + 2]);
        assertThat(vertices.red(last)).isEqualTo(picture().rgb()[3 * mesh.pixels()[last]] & 0xff);
        ByteBuffer end = ByteBuffer.wrap(file, file.length - 13, 13).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(end.get()).isEqualTo((byte) 3);
        assertThat(end.getInt()).isEqualTo(mesh.triangles()[mesh.triangles().length - 3]);
    }

    private static MeshPrimitiveModel primitive(byte[] file) throws Exception {
        return primitive(read(file));
    }

    private static MeshPrimitiveModel primitive(GltfModel model) {
        return model.getMeshModels().get(0).getMeshPrimitiveModels().get(0);
    }

    private static GltfModel read(byte[] file) throws Exception {
        return new GltfModelReader().readWithoutReferences(new ByteArrayInputStream(file));
    }

    private static int[] indices(MeshPrimitiveModel primitive) {
        ByteBuffer data = primitive.getIndices().getAccessorData().createByteBuffer();
        data.order(ByteOrder.nativeOrder());
        int[] indices = new int[primitive.getIndices().getCount()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] =
                    primitive.getIndices().getComponentType() == 5125
                            ? data.getInt()
                            : data.getShort() & 0xffff;
        }
        return indices;
    }

    private static SurfaceMesh mesh(int step, Axes axes) {
        float[] metres = new float[WIDTH * HEIGHT];
        IntStream.range(0, metres.length).forEach(i -> metres[i] = 2 + 0.002f * (i % WIDTH));
        return GridMesh.of(
                metres,
                WIDTH,
                HEIGHT,
                Rays.ofPinhole(new Intrinsics(260, 260, 159.5, 119.5)),
                axes,
                10,
                new MeshSettings(step, 85, DepthEdges.DEFAULT_MAX_JUMP));
    }

    private static RgbImage picture() {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        IntStream.range(0, rgb.length).forEach(i -> rgb[i] = (byte) (i / 3 % WIDTH / 2));
        return new RgbImage(WIDTH, HEIGHT, rgb);
    }
}
