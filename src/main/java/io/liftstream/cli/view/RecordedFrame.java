package io.liftstream.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.cli.page.PageCloud;
import io.liftstream.cli.page.PagePictures;
import io.liftstream.files.draco.DracoDecoder;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.FrameMessages;
import io.liftstream.foxglove.RecordedMessages;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.lifting.PointCloud;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A frame of a recording: its messages, as {@code export --mcap} wrote them. */
final class RecordedFrame implements ViewedFrame {
    private static final int LONGEST_SIDE = 640;
    private static final int DEPTH_LONGEST_SIDE = 480;

    private final String cameraId;
    private final List<FoxgloveMessage> messages;
    private final long sentNanos;
    private byte[] pageMessage;

    /**
     * @param messages of one capture time, at least one
     * @param sentNanos when they were sent, nanoseconds since 1970
     */
    RecordedFrame(String cameraId, List<FoxgloveMessage> messages, long sentNanos) {
        this.cameraId = cameraId;
        this.messages = List.copyOf(messages);
        this.sentNanos = sentNanos;
    }

    @Override
    public String cameraId() {
        return cameraId;
    }

    @Override
    public List<FoxgloveMessage> messages() {
        return messages;
    }

    @Override
    public synchronized byte[] pageMessage() {
        if (pageMessage == null) {
            PageMessage message = new PageMessage();
            message.facts().put("type", "frame").put("camera", cameraId);
            try {
                fill(message);
            } catch (InvalidProtocolBufferException e) {
                message.facts().put("error", "the frame cannot be read: " + e.getMessage());
            }
            pageMessage = message.bytes();
        }
        return pageMessage;
    }

    private void fill(PageMessage message) throws InvalidProtocolBufferException {
        ObjectNode facts = message.facts();
        long capturedNanos = messages.get(0).timeNanos();
        facts.put(
                "captured",
                Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(capturedNanos)).toString());
        facts.put("latencyMillis", TimeUnit.NANOSECONDS.toMillis(sentNanos - capturedNanos));
        byte[] image = data("image");
        if (image == null) {
            facts.put("pictureMissing", "the recording has none");
        } else {
            message.add(
                    "picture", PagePictures.ofFile(RecordedMessages.picture(image), LONGEST_SIDE));
        }
        addDepth(message);
        addCloud(message);
    }

    private void addDepth(PageMessage message) throws InvalidProtocolBufferException {
        byte[] data = data("depth");
        if (data != null) {
            RecordedMessages.Depth depth = RecordedMessages.depth(data);
            message.facts().put("width", depth.width()).put("height", depth.height());
            message.add(
                    "depth",
                    PagePictures.ofDistances(
                            depth.metres(), depth.width(), depth.height(), DEPTH_LONGEST_SIDE));
        }
    }

    private void addCloud(PageMessage message) throws InvalidProtocolBufferException {
        PointCloud cloud = cloud();
        byte[] calibration = data("calibration");
        if (cloud != null && calibration != null) {
            double spacing = 1 / RecordedMessages.focalLength(calibration);
            PageCloud drawn = PageCloud.of(cloud, spacing, ResultFrame.MAX_POINTS);
            message.facts().put("points", drawn.points()).put("totalPoints", drawn.totalPoints());
            message.add("cloud", drawn.data());
        }
    }

    private PointCloud cloud() throws InvalidProtocolBufferException {
        byte[] points = data("points");
        byte[] compressed = data(FrameMessages.COMPRESSED_POINTS);
        if (points != null || compressed == null) {
            return points == null ? null : RecordedMessages.points(points);
        }
        RecordedMessages.CompressedPoints read = RecordedMessages.compressedPoints(compressed);
        try {
            return new PointCloud(
                    DracoDecoder.decode(read.draco(), ImageDecoder.DEFAULT_MAX_PIXELS),
                    read.axes());
        } catch (LiftingException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    private byte[] data(String name) {
        String topic = "/" + cameraId + "/" + name;
        return messages.stream()
                .filter(message -> message.topic().equals(topic))
                .map(FoxgloveMessage::data)
                .findFirst()
                .orElse(null);
    }
}
