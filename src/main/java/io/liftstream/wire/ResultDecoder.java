package io.liftstream.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.frame.Axes;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.PngDepthImage;
import io.liftstream.lifting.PointCloud;
import io.liftstream.proto.v1.DepthImage;
import io.liftstream.proto.v1.DepthImageFormat;
import io.liftstream.proto.v1.DepthMap;
import io.liftstream.proto.v1.DepthMapEncoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads {@code DepthEstimationResult} messages, for consumers. */
public final class ResultDecoder {

    private ResultDecoder() {}

    /** Decodes a record of the depth topic. */
    public static ReadResult decode(byte[] value) throws InvalidProtocolBufferException {
        var message = io.liftstream.proto.v1.DepthEstimationResult.parseFrom(value);
        var provenance = message.getProvenance();
        return new ReadResult(
                message.getCameraId(),
                message.getEpoch(),
                Timestamps.toNanos(message.getCaptureTime()),
                message.getSequence(),
                resultOf(message),
                WireNames.fromMessage(message.getIntrinsicsSource()),
                message.getDegradationsList().stream().map(WireNames::fromMessage).toList(),
                new Provenance(
                        provenance.getTopic(),
                        provenance.getPartition(),
                        provenance.getOffset(),
                        0));
    }

    private static DepthEstimationResult resultOf(
            io.liftstream.proto.v1.DepthEstimationResult message) {
        Axes axes = WireNames.fromMessage(message.getAxes());
        return new DepthEstimationResult(
                message.getWidth(),
                message.getHeight(),
                message.hasDepthMap() ? depthMap(message.getDepthMap()) : null,
                message.getMinDepth(),
                message.getMaxDepth(),
                message.hasDepthImage() ? depthImage(message.getDepthImage()) : null,
                message.hasPointCloud()
                        ? new PointCloud(message.getPointCloud().getData().toByteArray(), axes)
                        : null,
                message.getBackendUsed(),
                message.getBackendUsed(),
                WireNames.fromMessage(message.getIntrinsics()),
                WireNames.fromMessage(message.getDepthMapping()),
                axes,
                message.getMetric(),
                message.getSaturatedPixels());
    }

    private static float[] depthMap(DepthMap message) {
        ByteBuffer data = message.getData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[message.getWidth() * message.getHeight()];
        if (message.getEncoding() == DepthMapEncoding.DEPTH_MAP_ENCODING_FLOAT16) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float16.toFloat(data.getShort());
            }
        } else {
            data.asFloatBuffer().get(values);
        }
        return values;
    }

    private static short[] depthImage(DepthImage message) {
        if (message.getFormat() == DepthImageFormat.DEPTH_IMAGE_FORMAT_PNG) {
            return PngDepthImage.decode(message.getData().toByteArray()).values();
        }
        short[] values = new short[message.getWidth() * message.getHeight()];
        message.getData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(values);
        return values;
    }
}
