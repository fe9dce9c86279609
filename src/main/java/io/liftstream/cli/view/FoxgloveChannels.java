package io.liftstream.cli.view;

import io.liftstream.foxglove.FoxgloveSchema;
import io.liftstream.foxglove.FrameMessages;
import io.liftstream.foxglove.RejectionMessages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The channels that viewers can subscribe to, by number. Safe for several threads. */
final class FoxgloveChannels {

    /**
     * A channel.
     *
     * @param id its number
     * @param topic its name, the same as in an MCAP file
     * @param schema what its messages are
     * @param cameraId whose frames it carries; null for all
     */
    record Channel(int id, String topic, FoxgloveSchema schema, String cameraId) {

        /** Whether frames of this camera have a message for the channel. */
        boolean serves(String camera) {
            return cameraId == null || cameraId.equals(camera);
        }
    }

    private final List<Channel> channels = new ArrayList<>();
    private final Map<String, List<Channel>> byCamera = new HashMap<>();
    private final List<Channel> ofNoCamera;

    FoxgloveChannels() {
        ofNoCamera =
                List.of(
                        add(FrameMessages.TRANSFORMS_TOPIC, FoxgloveSchema.FRAME_TRANSFORMS, null),
                        add(RejectionMessages.TOPIC, FoxgloveSchema.LOG, null));
    }

    /** Those of all cameras together. */
    List<Channel> ofNoCamera() {
        return ofNoCamera;
    }

    /** Those of a camera. */
    synchronized List<Channel> of(String camera) {
        return byCamera.computeIfAbsent(
                camera,
                id ->
                        List.of(
                                add(topic(id, "image"), FoxgloveSchema.COMPRESSED_IMAGE, id),
                                add(
                                        topic(id, "calibration"),
                                        FoxgloveSchema.CAMERA_CALIBRATION,
                                        id),
                                add(topic(id, "depth"), FoxgloveSchema.RAW_IMAGE, id),
                                add(topic(id, "points"), FoxgloveSchema.POINT_CLOUD, id),
                                add(
                                        topic(id, FrameMessages.COMPRESSED_POINTS),
                                        FoxgloveSchema.COMPRESSED_POINT_CLOUD,
                                        id),
                                add(topic(id, "mesh"), FoxgloveSchema.SCENE_UPDATE, id)));
    }

    private static String topic(String camera, String name) {
        return "/" + camera + "/" + name;
    }

    private Channel add(String topic, FoxgloveSchema schema, String camera) {
        Channel channel = new Channel(channels.size() + 1, topic, schema, camera);
        channels.add(channel);
        return channel;
    }

    /** The channel of a number, or null. */
    synchronized Channel byId(int id) {
        return id >= 1 && id <= channels.size() ? channels.get(id - 1) : null;
    }
}
