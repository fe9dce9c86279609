package io.liftstream.cli.view;

import io.liftstream.cli.page.PageCloud;
import io.liftstream.cli.page.PagePictures;
import io.liftstream.files.draco.DracoEncoder;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.FrameMessages;
import io.liftstream.frame.Axes;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.MetricBasis;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.ImageSize;
import io.liftstream.image.RgbImage;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.DepthToMetres;
import io.liftstream.lifting.PointCloud;
import io.liftstream.lifting.calibration.CameraSetup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A frame of a slanted wall in changing colours, without a topic. */
record SyntheticFrame(String cameraId, int number, int width, int height) implements ViewedFrame {
    static final long START = 1_767_225_600_000_000_000L;
    private static final double FOCAL_LENGTH = 100;

    @Override
    public byte[] pageMessage() {
        DepthEstimationResult result = result();
        PageMessage message = new PageMessage();
        message.facts()
                .put("type", "frame")
                .put("camera", cameraId)
                .put("captured", "2026-01-01T00:00:00Z")
                .put("latencyMillis", 40)
                .put("sequence", number)
                .put("width", width)
                .put("height", height)
                .put("model", "synthetic <b>model</b>")
                .put("metric", true);
        message.add("picture", picture());
        message.add("depth", PagePictures.ofDepth(result, 480));
        PageCloud cloud = PageCloud.of(result.pointCloud(), 1 / FOCAL_LENGTH, 30_000);
        message.facts().put("points", cloud.points()).put("totalPoints", cloud.totalPoints());
        message.add("cloud", cloud.data());
        return message.bytes();
    }

    @Override
    public List<FoxgloveMessage> messages() {
        return messages(result(), null);
    }

    /** The same with the cloud as a Draco file. */
    List<FoxgloveMessage> compressedMessages() {
        DepthEstimationResult result = result();
        DracoEncoder draco = new DracoEncoder();
        draco.encode(result.pointCloud().data(), result.pointCloud().count());
        byte[] file = new byte[draco.size()];
        draco.write(file, 0);
        return messages(result, file);
    }

    private List<FoxgloveMessage> messages(DepthEstimationResult result, byte[] draco) {
        FrameMessages source =
                new FrameMessages(cameraId, START + number, result, CameraSetup.UNKNOWN, draco);
        List<FoxgloveMessage> messages = new ArrayList<>(source.ofResult());
        messages.add(source.image(picture()));
        return messages;
    }

    private byte[] picture() {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int colour = colour(i);
            rgb[3 * i] = (byte) colour;
            rgb[3 * i + 1] = (byte) (colour >> 8);
            rgb[3 * i + 2] = (byte) (colour >> 16);
        }
        return ImageEncoder.jpeg(new RgbImage(width, height, rgb));
    }

    private int colour(int pixel) {
        int column = pixel % width * 255 / width;
        int row = pixel / width * 255 / height;
        return column | row << 8 | (number * 16 & 0xff) << 16 | 0xff << 24;
    }

    private DepthEstimationResult result() {
        float[] depth = new float[width * height];
        ByteBuffer points = ByteBuffer.allocate(16 * depth.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < depth.length; i++) {
            depth[i] = 2 + 2f * (i % width) / width;
            points.putFloat((float) ((i % width - width / 2.0) * depth[i] / FOCAL_LENGTH));
            int row = i / width;
            points.putFloat((float) ((row - height / 2.0) * depth[i] / FOCAL_LENGTH));
            points.putFloat(depth[i]).putInt(colour(i));
        }
        return new DepthEstimationResult(
                width,
                height,
                depth,
                2,
                4,
                null,
                new PointCloud(points.array(), Axes.OPTICAL),
                null,
                "synthetic",
                "synthetic",
                new Intrinsics(FOCAL_LENGTH, FOCAL_LENGTH, width / 2.0, height / 2.0),
                DepthMapping.METRIC,
                Axes.OPTICAL,
                MetricBasis.SENSOR,
                0,
                0,
                null,
                new DepthToMetres(1, 1, 2, 0.5, 10, 10, 1000),
                null,
                new ImageSize(width, height),
                null);
    }
}
