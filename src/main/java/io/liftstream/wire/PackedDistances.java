package io.liftstream.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.CameraFrame;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.PixelDistances;
import io.liftstream.proto.v1.DepthEstimationResult;
import io.liftstream.proto.v1.RawImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Distances of pixels as Foxglove's raw image. */
final class PackedDistances {
    private static final float MILLIMETRES_PER_METRE = 1000;

    private PackedDistances() {}

    /**
     * The part of a result message.
     *
     * @param format not NONE
     */
    static BulkPart of(
            CameraFrame frame, ImageSize size, PixelDistances distances, DistanceFormat format) {
        RawImage head =
                RawImage.newBuilder()
                        .setTimestamp(TimestampCodec.toMessage(frame.captureTimeNanos()))
                        .setWidth(size.width())
                        .setHeight(size.height())
                        .setEncoding(format.encoding())
                        .setStep(format.bytesPerPixel() * size.width())
                        .build();
        return new BulkPart(
                DepthEstimationResult.DEPTH_FIELD_NUMBER,
                head,
                RawImage.DATA_FIELD_NUMBER,
                (long) format.bytesPerPixel() * distances.pixels(),
                format == DistanceFormat.METRES
                        ? distances::packMetres
                        : distances::packMillimetres,
                RawImage.newBuilder().setFrameId(frame.cameraId()).build());
    }

    /**
     * The metres of a message, NaN where there is none.
     *
     * @throws InvalidProtocolBufferException where it is of another encoding or not of its size
     */
    static float[] metres(RawImage message) throws InvalidProtocolBufferException {
        ByteBuffer data = message.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        DistanceFormat format = format(message);
        float[] metres = new float[data.remaining() / format.bytesPerPixel()];
        if (format == DistanceFormat.METRES) {
            data.asFloatBuffer().get(metres);
            return metres;
        }
        for (int i = 0; i < metres.length; i++) {
            int millimetres = Short.toUnsignedInt(data.getShort());
            metres[i] = millimetres == 0 ? Float.NaN : millimetres / MILLIMETRES_PER_METRE;
        }
        return metres;
    }

    private static DistanceFormat format(RawImage message) throws InvalidProtocolBufferException {
        for (DistanceFormat format : DistanceFormat.values()) {
            if (message.getEncoding().equals(format.encoding())) {
                requireComplete(message, format);
                return format;
            }
        }
        throw new InvalidProtocolBufferException(
                "depth.encoding is " + message.getEncoding() + ": not readable here");
    }

    private static void requireComplete(RawImage message, DistanceFormat format)
            throws InvalidProtocolBufferException {
        ImageSize size = new ImageSize(message.getWidth(), message.getHeight());
        if (size.width() < 0
                || size.height() < 0
                || size.pixels() * format.bytesPerPixel() != message.getData().size()) {
            throw new InvalidProtocolBufferException(
                    "depth is "
                            + size
                            + " pixels in "
                            + message.getData().size()
                            + " bytes: not readable here");
        }
    }
}
