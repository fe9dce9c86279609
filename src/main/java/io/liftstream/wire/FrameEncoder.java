package io.liftstream.wire;

import com.google.protobuf.UnsafeByteOperations;
import io.liftstream.frame.Intrinsics;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationAdvanceConfig;
import io.liftstream.proto.v1.DepthEstimationCommand;

/** Writes {@code CameraFrame} messages, for producers. */
public final class FrameEncoder {

    private FrameEncoder() {}

    /**
     * Encodes a frame that leaves it to the job's configuration what comes back.
     *
     * @param cameraId 1 to 128 characters of {@code [A-Za-z0-9._-]}
     * @param captureTimeNanos nanoseconds since 1970
     * @param sequence the camera's frame counter
     * @param image an encoded image
     * @param intrinsics the camera's, or null where they are not known
     * @return the encoded {@code CameraFrame} message
     */
    public static byte[] encode(
            String cameraId,
            long captureTimeNanos,
            long sequence,
            byte[] image,
            Intrinsics intrinsics) {
        return encode(cameraId, captureTimeNanos, sequence, image, intrinsics, null);
    }

    /**
     * Encodes a frame that leaves it to the job's configuration what comes back.
     *
     * @param cameraId 1 to 128 characters of {@code [A-Za-z0-9._-]}
     * @param captureTimeNanos nanoseconds since 1970
     * @param sequence the camera's frame counter
     * @param image an encoded image
     * @param intrinsics the camera's, or null where they are not known
     * @param streamId names what the camera has sent since it started, or null
     * @return the encoded {@code CameraFrame} message
     */
    public static byte[] encode(
            String cameraId,
            long captureTimeNanos,
            long sequence,
            byte[] image,
            Intrinsics intrinsics,
            String streamId) {
        DepthEstimationCommand.Builder command =
                DepthEstimationCommand.newBuilder()
                        .setImageBytes(UnsafeByteOperations.unsafeWrap(image));
        if (intrinsics != null) {
            command.setAdvancedConfig(
                    DepthEstimationAdvanceConfig.newBuilder()
                            .setFx(intrinsics.fx())
                            .setFy(intrinsics.fy())
                            .setCx(intrinsics.cx())
                            .setCy(intrinsics.cy()));
        }
        CameraFrame.Builder frame =
                CameraFrame.newBuilder()
                        .setCameraId(cameraId)
                        .setCaptureTime(TimestampCodec.toMessage(captureTimeNanos))
                        .setSequence(sequence)
                        .setCommand(command);
        if (streamId != null) {
            frame.setStreamId(streamId);
        }
        return frame.build().toByteArray();
    }
}
