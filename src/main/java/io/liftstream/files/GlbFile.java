package io.liftstream.files;

import io.liftstream.frame.Axes;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.surface.SurfaceMesh;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes meshes as binary glTF 2.0 files, media type {@code model/gltf-binary}: one primitive whose
 * texture is the picture, as a JPEG, shown as it is ({@code KHR_materials_unlit}). Metres; x right,
 * y up, z backward, as glTF has it, whatever the mesh's axes.
 *
 * <p>Written by hand because the file is one header, one short JSON text and four arrays; a library
 * would build them all as objects first.
 */
public final class GlbFile {
    /** What HTTP, Foxglove and others call such a file. */
    public static final String MEDIA_TYPE = "model/gltf-binary";

    private static final int MAGIC = 0x46546c67;
    private static final int JSON_CHUNK = 0x4e4f534a;
    private static final int BIN_CHUNK = 0x004e4942;
    private static final int VERSION = 2;
    private static final int HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int UNSIGNED_SHORT = 5123;
    private static final int UNSIGNED_INT = 5125;

    /** 65535 is no index: glTF keeps it for graphics interfaces that restart there. */
    private static final int MAX_SHORT_VERTICES = 65535;

    private static final String EMPTY =
            "{\"asset\":{\"version\":\"2.0\",\"generator\":\"liftstream\"},\"scene\":0,\"scenes\":[{}]}";

    private final SurfaceMesh mesh;
    private final RgbImage picture;
    private final byte[] jpeg;
    private final int indexType;
    private final int indexBytes;

    private GlbFile(SurfaceMesh mesh, RgbImage picture) {
        this.mesh = mesh;
        this.picture = picture;
        this.jpeg = ImageEncoder.jpeg(picture);
        boolean small = mesh.vertexCount() <= MAX_SHORT_VERTICES;
        this.indexType = small ? UNSIGNED_SHORT : UNSIGNED_INT;
        this.indexBytes = mesh.triangles().length * (small ? Short.BYTES : Integer.BYTES);
    }

    /**
     * {@return the bytes of a mesh's file}
     *
     * @param mesh any mesh; one without triangles becomes an empty scene
     * @param picture the picture that the mesh's pixels are of
     */
    public static byte[] encode(SurfaceMesh mesh, RgbImage picture) {
        if (mesh.triangleCount() == 0) {
            return file(EMPTY, 0).array();
        }
        return new GlbFile(mesh, picture).write();
    }

    private byte[] write() {
        int binary = imageStart() + padded(jpeg.length);
        ByteBuffer file = file(json(binary), binary);
        putPositions(file);
        putTextureCoordinates(file);
        for (int vertex : mesh.triangles()) {
            if (indexType == UNSIGNED_SHORT) {
                file.putShort((short) vertex);
            } else {
                file.putInt(vertex);
            }
        }
        file.position(file.position() + padded(indexBytes) - indexBytes);
        file.put(jpeg);
        return file.array();
    }

    /** A file with header, JSON and the BIN chunk's header written, if there is one. */
    private static ByteBuffer file(String json, int binary) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        int size = HEADER_BYTES + CHUNK_HEADER_BYTES + padded(text.length);
        size += binary == 0 ? 0 : CHUNK_HEADER_BYTES + binary;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC).putInt(VERSION).putInt(size);
        file.putInt(padded(text.length)).putInt(JSON_CHUNK).put(text);
        for (int i = text.length; i < padded(text.length); i++) {
            file.put((byte) ' ');
        }
        if (binary > 0) {
            file.putInt(binary).putInt(BIN_CHUNK);
        }
        return file;
    }

    private void putPositions(ByteBuffer file) {
        int up = mesh.axes() == Axes.OPENGL ? 1 : -1;
        float[] positions = mesh.positions();
        for (int i = 0; i < positions.length; i += 3) {
            file.putFloat(positions[i]);
            file.putFloat(up * positions[i + 1]);
            file.putFloat(up * positions[i + 2]);
        }
    }

    /** The middle of each vertex's pixel, from the picture's upper left corner. */
    private void putTextureCoordinates(ByteBuffer file) {
        for (int pixel : mesh.pixels()) {
            file.putFloat((pixel % picture.width() + 0.5f) / picture.width());
            int row = pixel / picture.width();
            file.putFloat((row + 0.5f) / picture.height());
        }
    }

    private int positionBytes() {
        return 3 * Float.BYTES * mesh.vertexCount();
    }

    private int textureBytes() {
        return 2 * Float.BYTES * mesh.vertexCount();
    }

    private int indexStart() {
        return positionBytes() + textureBytes();
    }

    private int imageStart() {
        return indexStart() + padded(indexBytes);
    }

    private static int padded(int bytes) {
        return (bytes + 3) / 4 * 4;
    }

    private String json(int binary) {
        return "{\"asset\":{\"version\":\"2.0\",\"generator\":\"liftstream\"}"
                + ",\"extensionsUsed\":[\"KHR_materials_unlit\"]"
                + ",\"scene\":0,\"scenes\":[{\"nodes\":[0]}],\"nodes\":[{\"mesh\":0}]"
                + ",\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"TEXCOORD_0\":1}"
                + ",\"indices\":2,\"material\":0}]}]"
                + ",\"materials\":[{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}"
                + ",\"metallicFactor\":0},\"extensions\":{\"KHR_materials_unlit\":{}}"
                + ",\"doubleSided\":true}]"
                + ",\"textures\":[{\"source\":0,\"sampler\":0}]"
                + ",\"samplers\":[{\"wrapS\":33071,\"wrapT\":33071}]"
                + ",\"images\":[{\"bufferView\":3,\"mimeType\":\"image/jpeg\"}]"
                + ",\"accessors\":["
                + accessor(0, 5126, mesh.vertexCount(), "VEC3", extremes())
                + ","
                + accessor(1, 5126, mesh.vertexCount(), "VEC2", "")
                + ","
                + accessor(2, indexType, mesh.triangles().length, "SCALAR", "")
                + "],\"bufferViews\":["
                + bufferView(0, positionBytes(), ",\"target\":34962")
                + ","
                + bufferView(positionBytes(), textureBytes(), ",\"target\":34962")
                + ","
                + bufferView(indexStart(), indexBytes, ",\"target\":34963")
                + ","
                + bufferView(imageStart(), jpeg.length, "")
                + "],\"buffers\":[{\"byteLength\":"
                + binary
                + "}]}";
    }

    private static String accessor(int view, int type, int count, String shape, String more) {
        return String.format(
                Locale.ROOT,
                "{\"bufferView\":%d,\"componentType\":%d,\"count\":%d,\"type\":\"%s\"%s}",
                view,
                type,
                count,
                shape,
                more);
    }

    private static String bufferView(int start, int bytes, String more) {
        return String.format(
                Locale.ROOT,
                "{\"buffer\":0,\"byteOffset\":%d,\"byteLength\":%d%s}",
                start,
                bytes,
                more);
    }

    /** The bounds of the positions as they are written, which glTF asks for. */
    private String extremes() {
        float up = mesh.axes() == Axes.OPENGL ? 1 : -1;
        StringBuilder least = new StringBuilder();
        StringBuilder most = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (int i = axis; i < mesh.positions().length; i += 3) {
                float value = axis == 0 ? mesh.positions()[i] : up * mesh.positions()[i];
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
            least.append(axis == 0 ? "" : ",").append(min);
            most.append(axis == 0 ? "" : ",").append(max);
        }
        return ",\"min\":[" + least + "],\"max\":[" + most + "]";
    }
}
