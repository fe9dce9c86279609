package io.liftstream.kafka;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.liftstream.frame.RejectionReason;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.proto.v1.DepthEstimationAdvanceConfig;
import io.liftstream.proto.v1.DepthEstimationCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Records that a broken or hostile producer may send, and what must become of each. */
final class HostileFrames {

    /**
     * A bad record.
     *
     * @param name what is wrong with it
     * @param key its key
     * @param value its value
     * @param reason what it must be refused for
     * @param detail a part of what the refusal must say
     * @param refusedKey key of the refusal's record, or null
     */
    record Hostile(
            String name,
            String key,
            byte[] value,
            RejectionReason reason,
            String detail,
            String refusedKey) {}

    private static final long YEAR_2300 = Instant.parse("2300-01-01T00:00:00Z").getEpochSecond();

    private final String camera;
    private final byte[] goodImage;

    /**
     * Prepares bad records of a camera that sends good ones as well.
     *
     * @param goodImage a JPEG file
     */
    HostileFrames(String camera, byte[] goodImage) {
        this.camera = camera;
        this.goodImage = goodImage;
    }

    /**
     * All of them.
     *
     * @param captureTimeNanos nanoseconds since 1970 of a bad frame, by its index
     */
    List<Hostile> all(java.util.function.IntToLongFunction captureTimeNanos) {
        byte[] truncated = Arrays.copyOf(goodImage, goodImage.length / 2);
        byte[] text = "no image, only words".getBytes(StandardCharsets.UTF_8);
        CameraFrame[] frames = new CameraFrame[12];
        Arrays.setAll(frames, i -> frame(captureTimeNanos.applyAsLong(i), i));
        return List.of(
                refused("malformed protobuf", text, RejectionReason.MALFORMED, "not a CameraFrame"),
                image("empty image", frames[1], new byte[0], RejectionReason.UNREADABLE_IMAGE),
                image("truncated JPEG", frames[2], truncated, RejectionReason.UNREADABLE_IMAGE),
                image("text for an image", frames[3], text, RejectionReason.UNREADABLE_IMAGE),
                image(
                        "a header of 60000 x 60000 pixels",
                        frames[4],
                        pngHeader(60_000),
                        RejectionReason.IMAGE_TOO_LARGE),
                command(
                        "unknown model",
                        frames[5],
                        command -> command.setModelBackend("no-such-model"),
                        RejectionReason.MODEL_NOT_ALLOWED,
                        "no-such-model"),
                command(
                        "path outside the roots of images",
                        frames[6],
                        command -> command.setImagePath("/etc/hostname"),
                        RejectionReason.PATH_NOT_ALLOWED,
                        "image_path is /etc/hostname"),
                command(
                        "negative fx",
                        frames[7],
                        command ->
                                command.setAdvancedConfig(
                                        DepthEstimationAdvanceConfig.newBuilder().setFx(-525)),
                        RejectionReason.INVALID_COMMAND,
                        "fx is -525"),
                new Hostile(
                        "a camera id that climbs out of its folder",
                        "../../x",
                        frames[8].toBuilder().setCameraId("../../x").build().toByteArray(),
                        RejectionReason.INVALID_COMMAND,
                        "camera_id is \"../../x\"",
                        null),
                refused(
                        "no capture time",
                        frames[9].toBuilder().clearCaptureTime().build().toByteArray(),
                        RejectionReason.MALFORMED,
                        "capture_time is missing"),
                refused(
                        "captured in the year 2300",
                        frames[10].toBuilder()
                                .setCaptureTime(Timestamp.newBuilder().setSeconds(YEAR_2300))
                                .build()
                                .toByteArray(),
                        RejectionReason.MALFORMED,
                        "capture_time has " + YEAR_2300),
                refused(
                        "a clock that is an hour ahead",
                        frames[11].toBuilder()
                                .setCaptureTime(
                                        Timestamp.newBuilder()
                                                .setSeconds(Instant.now().getEpochSecond() + 3600))
                                .build()
                                .toByteArray(),
                        RejectionReason.BAD_CLOCK,
                        "ahead of the broker"));
    }

    private CameraFrame frame(long captureTimeNanos, int index) {
        return CameraFrame.newBuilder()
                .setCameraId(camera)
                .setCaptureTime(
                        Timestamp.newBuilder()
                                .setSeconds(captureTimeNanos / 1_000_000_000L)
                                .setNanos((int) (captureTimeNanos % 1_000_000_000L)))
                .setSequence(1_000 + index)
                .setCommand(
                        DepthEstimationCommand.newBuilder()
                                .setImageBytes(ByteString.copyFrom(goodImage)))
                .build();
    }

    private Hostile refused(String name, byte[] value, RejectionReason reason, String detail) {
        return new Hostile(name, camera, value, reason, detail, camera);
    }

    private Hostile image(String name, CameraFrame frame, byte[] image, RejectionReason reason) {
        return command(
                name,
                frame,
                command -> command.setImageBytes(ByteString.copyFrom(image)),
                reason,
                "image");
    }

    private Hostile command(
            String name,
            CameraFrame frame,
            Consumer<DepthEstimationCommand.Builder> change,
            RejectionReason reason,
            String detail) {
        CameraFrame.Builder changed = frame.toBuilder();
        change.accept(changed.getCommandBuilder());
        return refused(name, changed.build().toByteArray(), reason, detail);
    }

    /** A PNG file that ends after saying how large it is. */
    private static byte[] pngHeader(int side) {
        ByteBuffer header = ByteBuffer.allocate(17);
        header.put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(side).putInt(side).put(new byte[] {8, 2, 0, 0, 0});
        CRC32 checksum = new CRC32();
        checksum.update(header.array());
        return ByteBuffer.allocate(33)
                .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})
                .putInt(13)
                .put(header.array())
                .putInt((int) checksum.getValue())
                .array();
    }
}
