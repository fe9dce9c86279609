package io.liftstream.mcap;

/**
 * What messages of a channel look like.
 *
 * @param id 1 to 65535, unique in the file
 * @param name such as {@code foxglove.PointCloud}
 * @param encoding of {@code data}, such as {@code protobuf}
 * @param data the schema itself; nobody writes to it
 */
public record McapSchema(int id, String name, String encoding, byte[] data) {

    void write(FieldWriter out) {
        out.begin(McapFormat.SCHEMA);
        out.u16(id);
        out.string(name);
        out.string(encoding);
        out.u32(data.length);
        out.bytes(data, 0, data.length);
        out.end();
    }

    static McapSchema read(FieldReader in) throws McapFormatException {
        return new McapSchema(in.u16(), in.string(), in.string(), in.bytes(in.u32()));
    }
}
