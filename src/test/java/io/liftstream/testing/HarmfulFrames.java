package io.liftstream.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.proto.v1.CameraFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Well-formed frames that each stopped a whole job once. Every frame is of a camera of its own. */
public final class HarmfulFrames {
    private final byte[] good;
    private int cameras;

    /**
     * @param good a {@code CameraFrame} message
     */
    public HarmfulFrames(byte[] good) {
        this.good = good;
    }

    /** A frame that asks for a network. */
    public byte[] naming(Path model) {
        return changed(frame -> frame.getCommandBuilder().setModelBackend(model.toString()));
    }

    /** A black PNG: small as a file, large as pixels. */
    public byte[] darkPng(int width, int height) {
        byte[] png = png(width, height);
        return changed(frame -> frame.getCommandBuilder().setImageBytes(ByteString.copyFrom(png)));
    }

    /** A black picture as a PNG file. */
    public static byte[] png(int width, int height) {
        return ImageEncoder.png(new RgbImage(width, height, new byte[3 * width * height]));
    }

    /**
     * A frame of a camera of which there are several, all captured at the same time.
     *
     * @param image as it is, whatever it is
     */
    public byte[] of(String camera, int sequence, byte[] image) {
        try {
            CameraFrame.Builder frame = CameraFrame.parseFrom(good).toBuilder();
            frame.setCameraId(camera).setSequence(sequence);
            frame.getCommandBuilder().setImageBytes(ByteString.copyFrom(image));
            return frame.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no CameraFrame", e);
        }
    }

    /** Appends fields of distinct numbers without content, which a parser that keeps them maps. */
    public byte[] unknownFields(int bytes) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream(bytes);
        CodedOutputStream out = CodedOutputStream.newInstance(fields);
        byte[] frame = changed(same -> {});
        out.writeRawBytes(frame);
        for (int field = 1_000; out.getTotalBytesWritten() < bytes; field++) {
            out.writeByteArray(field, new byte[0]);
        }
        out.flush();
        return fields.toByteArray();
    }

    private byte[] changed(Consumer<CameraFrame.Builder> change) {
        try {
            CameraFrame.Builder frame = CameraFrame.parseFrom(good).toBuilder();
            frame.setCameraId("harmful-" + cameras++);
            change.accept(frame);
            return frame.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no CameraFrame", e);
        }
    }

    /** The camera of the frame that was made last. */
    public String lastCamera() {
        return "harmful-" + (cameras - 1);
    }
}
