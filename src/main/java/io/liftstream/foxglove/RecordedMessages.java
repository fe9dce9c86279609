package io.liftstream.foxglove;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.Axes;
import io.liftstream.frame.ForeignText;
import io.liftstream.lifting.PointCloud;
import io.liftstream.proto.foxglove.CameraCalibration;
import io.liftstream.proto.foxglove.CompressedImage;
import io.liftstream.proto.foxglove.CompressedPointCloud;
import io.liftstream.proto.foxglove.Log;
import io.liftstream.proto.foxglove.Pose;
import io.liftstream.proto.foxglove.RawImage;

/** Reads messages that {@link FrameMessages} and {@link RejectionMessages} wrote. */
public final class RecordedMessages {
    private static final float MILLIMETRES_PER_METRE = 1000;

    private RecordedMessages() {}

    /**
     * Distances along the optical axis.
     *
     * @param width columns
     * @param height rows
     * @param metres row-major; 0 where there is none
     */
    public record Depth(int width, int height, float[] metres) {}

    /**
     * A cloud that was compressed.
     *
     * @param draco a Draco file
     * @param axes which way its points point
     */
    public record CompressedPoints(byte[] draco, Axes axes) {}

    /**
     * {@return the picture of an image message, as its encoder wrote it}
     *
     * @param message a {@code foxglove.CompressedImage}
     * @throws InvalidProtocolBufferException where the bytes are no such message
     */
    public static byte[] picture(byte[] message) throws InvalidProtocolBufferException {
        return CompressedImage.parseFrom(message).getData().toByteArray();
    }

    /**
     * {@return the focal length along the columns, pixels}
     *
     * @param message a {@code foxglove.CameraCalibration}
     * @throws InvalidProtocolBufferException where the bytes are no such message, or it has none
     */
    public static double focalLength(byte[] message) throws InvalidProtocolBufferException {
        CameraCalibration calibration = CameraCalibration.parseFrom(message);
        if (calibration.getKCount() == 0 || !(calibration.getK(0) > 0)) {
            throw new InvalidProtocolBufferException("K is empty: no focal length");
        }
        return calibration.getK(0);
    }

    /**
     * {@return the distances of a depth message}
     *
     * @param message a {@code foxglove.RawImage} of encoding 16UC1, millimetres
     * @throws InvalidProtocolBufferException where the bytes are no such message
     */
    public static Depth depth(byte[] message) throws InvalidProtocolBufferException {
        RawImage image = RawImage.parseFrom(message);
        ByteString data = image.getData();
        int width = image.getWidth();
        int height = image.getHeight();
        if (!image.getEncoding().equals("16UC1")
                || width < 1
                || height < 1
                || (long) width * height * DepthMillimetres.PIXEL_BYTES != data.size()) {
            throw new InvalidProtocolBufferException(
                    image.getEncoding() + ", " + width + " x " + height + ": no depth in 16UC1");
        }
        float[] metres = new float[width * height];
        for (int i = 0; i < metres.length; i++) {
            int low = data.byteAt(2 * i) & 0xff;
            int high = data.byteAt(2 * i + 1) & 0xff;
            metres[i] = (high << 8 | low) / MILLIMETRES_PER_METRE;
        }
        return new Depth(width, height, metres);
    }

    /**
     * {@return the cloud of a points message}
     *
     * @param message a {@code foxglove.PointCloud} as {@link FrameMessages#points} lays it out
     * @throws InvalidProtocolBufferException where the bytes are no such message
     */
    public static PointCloud points(byte[] message) throws InvalidProtocolBufferException {
        var points = io.liftstream.proto.foxglove.PointCloud.parseFrom(message);
        int bytes = points.getData().size();
        if (points.getPointStride() != PointCloud.POINT_BYTES
                || bytes % PointCloud.POINT_BYTES != 0) {
            throw new InvalidProtocolBufferException(
                    bytes + " bytes with a point_stride of " + points.getPointStride());
        }
        return new PointCloud(points.getData().toByteArray(), axes(points.getPose()));
    }

    /**
     * {@return the Draco file of a compressed points message, and the axes of its points}
     *
     * @param message a {@code foxglove.CompressedPointCloud} as {@link
     *     FrameMessages#compressedPoints} writes it
     * @throws InvalidProtocolBufferException where the bytes are no such message
     */
    public static CompressedPoints compressedPoints(byte[] message)
            throws InvalidProtocolBufferException {
        CompressedPointCloud points = CompressedPointCloud.parseFrom(message);
        if (!points.getFormat().equals("draco")) {
            throw new InvalidProtocolBufferException(
                    ForeignText.printable(
                            "format is " + points.getFormat() + ": it must be draco"));
        }
        return new CompressedPoints(points.getData().toByteArray(), axes(points.getPose()));
    }

    private static Axes axes(Pose ofPoints) {
        return ofPoints.getOrientation().getX() == 1 ? Axes.OPENGL : Axes.OPTICAL;
    }

    /**
     * {@return the camera that a line of the log names; empty where it names none}
     *
     * @param message a {@code foxglove.Log}
     * @throws InvalidProtocolBufferException where the bytes are no such message
     */
    public static String camera(byte[] message) throws InvalidProtocolBufferException {
        return Log.parseFrom(message).getName();
    }

    /**
     * {@return the text of a line of the log}
     *
     * @param message a {@code foxglove.Log}
     * @throws InvalidProtocolBufferException where the bytes are no such message
     */
    public static String line(byte[] message) throws InvalidProtocolBufferException {
        return Log.parseFrom(message).getMessage();
    }
}
