package io.liftstream.files;

import io.liftstream.image.RgbImage;
import io.liftstream.lifting.surface.SurfaceMesh;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes meshes as binary little-endian PLY files: vertices as {@link PlyFile} has its points, with
 * the colour of their pixel, then the triangles.
 */
public final class MeshPlyFile {
    private static final int VERTEX_BYTES = 15;
    private static final int FACE_BYTES = 1 + 3 * Integer.BYTES;

    private MeshPlyFile() {}

    /**
     * {@return the bytes of a mesh's file}
     *
     * @param mesh any mesh
     * @param picture the picture that the mesh's pixels are of
     */
    public static byte[] encode(SurfaceMesh mesh, RgbImage picture) {
        byte[] header = header(mesh).getBytes(StandardCharsets.US_ASCII);
        int vertices = Math.multiplyExact(VERTEX_BYTES, mesh.vertexCount());
        int faces = Math.multiplyExact(FACE_BYTES, mesh.triangleCount());
        int size = Math.addExact(header.length, Math.addExact(vertices, faces));
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(header);
        for (int i = 0; i < mesh.vertexCount(); i++) {
            file.putFloat(mesh.positions()[3 * i]);
            file.putFloat(mesh.positions()[3 * i + 1]);
            file.putFloat(mesh.positions()[3 * i + 2]);
            file.put(picture.rgb(), 3 * mesh.pixels()[i], 3);
        }
        for (int i = 0; i < mesh.triangles().length; i += 3) {
            file.put((byte) 3);
            file.putInt(mesh.triangles()[i]);
            file.putInt(mesh.triangles()[i + 1]);
            file.putInt(mesh.triangles()[i + 2]);
        }
        return file.array();
    }

    private static String header(SurfaceMesh mesh) {
        return "ply\nformat binary_little_endian 1.0\n"
                + PlyFile.axesComment(mesh.axes())
                + "element vertex "
                + mesh.vertexCount()
                + "\nproperty float x\nproperty float y\nproperty float z\n"
                + "property uchar red\nproperty uchar green\nproperty uchar blue\n"
                + "element face "
                + mesh.triangleCount()
                + "\nproperty list uchar int vertex_indices\nend_header\n";
    }
}
