package io.liftstream.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.cli.page.PageCloud;
import io.liftstream.cli.page.PagePictures;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.FrameMessages;
import io.liftstream.frame.LiftingException;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.wire.Degradation;
import io.liftstream.wire.ReadResult;
import io.liftstream.wire.ResultDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A record of the result topic. */
final class ResultFrame implements ViewedFrame {
    /** More than a page of a few cameras shows differently, and little enough for 30 a second. */
    static final int MAX_POINTS = 30_000;

    private static final int LONGEST_SIDE = 640;
    private static final int DEPTH_LONGEST_SIDE = 480;

    private final String cameraId;
    private final byte[] value;
    private final long sentMillis;
    private final FramePictures pictures;

    private ReadResult read;
    private FramePictures.Found picture;
    private byte[] pageMessage;
    private List<FoxgloveMessage> messages;

    /**
     * @param cameraId of the record's key
     * @param value the record's value
     * @param sentMillis the record's Kafka timestamp, milliseconds since 1970
     * @param pictures has the frames' pictures
     */
    ResultFrame(String cameraId, byte[] value, long sentMillis, FramePictures pictures) {
        this.cameraId = cameraId;
        this.value = value;
        this.sentMillis = sentMillis;
        this.pictures = pictures;
    }

    @Override
    public String cameraId() {
        return cameraId;
    }

    @Override
    public synchronized byte[] pageMessage() {
        if (pageMessage == null) {
            PageMessage message = new PageMessage();
            message.facts().put("type", "frame").put("camera", cameraId);
            try {
                fill(message, read());
            } catch (InvalidProtocolBufferException e) {
                message.facts().put("error", "the record cannot be read: " + e.getMessage());
            }
            pageMessage = message.bytes();
        }
        return pageMessage;
    }

    private void fill(PageMessage message, ReadResult frame) {
        DepthEstimationResult result = frame.result();
        ObjectNode facts = message.facts();
        long capturedMillis = TimeUnit.NANOSECONDS.toMillis(frame.captureTimeNanos());
        facts.put("captured", Instant.ofEpochMilli(capturedMillis).toString());
        facts.put("latencyMillis", sentMillis - capturedMillis);
        facts.put("epoch", frame.epoch());
        facts.put("sequence", frame.sequence());
        facts.put("width", result.width());
        facts.put("height", result.height());
        facts.put("model", result.backendIdentity());
        facts.put("metric", result.metric());
        frame.degradations().forEach(step -> facts.withArray("degradations").add(step.name()));
        FramePictures.Found found = picture(frame);
        if (found.image() == null) {
            facts.put("pictureMissing", found.missing());
        }
        message.add("picture", PagePictures.ofFile(found.image(), LONGEST_SIDE));
        message.add("depth", PagePictures.ofDepth(result, DEPTH_LONGEST_SIDE));
        if (result.pointCloud() != null) {
            PageCloud cloud = PageCloud.of(result.pointCloud(), spacing(frame), MAX_POINTS);
            facts.put("points", cloud.points());
            facts.put("totalPoints", cloud.totalPoints());
            message.add("cloud", cloud.data());
        }
    }

    /** A cloud that was thinned to keep the record small has wider gaps. */
    private static double spacing(ReadResult frame) {
        int stride = 1;
        for (Degradation step : frame.degradations()) {
            stride =
                    switch (step) {
                        case CLOUD_STRIDE_2 -> Math.max(stride, 2);
                        case CLOUD_STRIDE_4 -> Math.max(stride, 4);
                        default -> stride;
                    };
        }
        return stride / frame.result().intrinsics().fx();
    }

    @Override
    public synchronized List<FoxgloveMessage> messages() {
        if (messages == null) {
            try {
                messages = messages(read());
            } catch (InvalidProtocolBufferException | LiftingException e) {
                messages = List.of();
            }
        }
        return messages;
    }

    private List<FoxgloveMessage> messages(ReadResult frame) {
        FrameMessages source =
                new FrameMessages(
                        cameraId,
                        frame.captureTimeNanos(),
                        frame.result(),
                        frame.setup(),
                        frame.draco());
        List<FoxgloveMessage> all = new ArrayList<>(source.ofResult());
        if (frame.meshWasAskedFor()) {
            all.add(source.mesh(frame.glb()));
        }
        FramePictures.Found found = picture(frame);
        if (found.image() != null) {
            all.add(source.image(found.image()));
        }
        return all;
    }

    private ReadResult read() throws InvalidProtocolBufferException {
        if (read == null) {
            read = ResultDecoder.decode(value);
        }
        return read;
    }

    private FramePictures.Found picture(ReadResult frame) {
        if (picture == null) {
            picture = pictures.of(frame);
        }
        return picture;
    }
}
