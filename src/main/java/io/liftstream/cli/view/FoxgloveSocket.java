package io.liftstream.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.FoxgloveSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.websocket.api.Callback;

/**
 * Foxglove's WebSocket protocol, as its SDK speaks it: {@code serverInfo} and {@code advertise} as
 * JSON, then messages as one byte 1, uint32 subscription, uint64 time in nanoseconds, both
 * little-endian, and the message. A client can subscribe and unsubscribe, and nothing else.
 */
public final class FoxgloveSocket extends ViewerSocket {
    /** The protocol's name now, and the one that older viewers ask for; the wire is the same. */
    static final List<String> PROTOCOLS = List.of("foxglove.sdk.v1", "foxglove.websocket.v1");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGE_HEADER_BYTES = 13;
    private static final byte MESSAGE = 1;
    private static final int ERROR = 2;
    private static final int MAX_SUBSCRIPTIONS = 4096;
    private static final int MAX_LINES = 64;

    private final String sessionId;
    private final FoxgloveChannels channels;
    private final Map<Long, Integer> channelBySubscription = new HashMap<>();
    private final Set<String> advertised = new HashSet<>();
    private long lines;

    /**
     * @param sessionId the same for one run of the server, so that viewers know a new one
     */
    FoxgloveSocket(Viewers viewers, FoxgloveChannels channels, String sessionId) {
        super(viewers);
        this.channels = channels;
        this.sessionId = sessionId;
    }

    @Override
    void opened() {
        ObjectNode info = JSON.createObjectNode();
        info.put("op", "serverInfo");
        info.put("name", "liftstream view");
        info.putArray("capabilities");
        info.put("sessionId", sessionId);
        outbox().text(info.toString());
        advertise(channels.ofNoCamera());
        frames().all().forEach(frame -> advertise(channels.of(frame.cameraId())));
    }

    @Override
    void tick() {
        // Frames carry all that these viewers show.
    }

    private synchronized void advertise(List<FoxgloveChannels.Channel> found) {
        ObjectNode message = JSON.createObjectNode();
        message.put("op", "advertise");
        ArrayNode list = message.putArray("channels");
        for (FoxgloveChannels.Channel channel : found) {
            if (advertised.add(channel.topic())) {
                ObjectNode node = list.addObject();
                node.put("id", channel.id());
                node.put("topic", channel.topic());
                node.put("encoding", FoxgloveSchema.ENCODING);
                node.put("schemaName", channel.schema().fullName());
                node.put("schemaEncoding", FoxgloveSchema.ENCODING);
                node.put(
                        "schema",
                        Base64.getEncoder().encodeToString(channel.schema().descriptorSet()));
            }
        }
        if (!list.isEmpty()) {
            outbox().text(message.toString());
        }
    }

    @Override
    public void published(ViewedFrame frame) {
        advertise(channels.of(frame.cameraId()));
        synchronized (this) {
            channelBySubscription.forEach((subscription, channel) -> offer(subscription, frame));
        }
    }

    /** Sends what the frame has for the subscription, unless a newer frame comes first. */
    private void offer(long subscription, ViewedFrame frame) {
        FoxgloveChannels.Channel channel = channels.byId(channelBySubscription.get(subscription));
        if (channel.serves(frame.cameraId())) {
            outbox().offer(
                            List.of(subscription, frame.cameraId()),
                            () ->
                                    isSubscribed(subscription)
                                            ? binary(subscription, channel, frame)
                                            : null);
        }
    }

    private synchronized boolean isSubscribed(long subscription) {
        return channelBySubscription.containsKey(subscription);
    }

    private static ByteBuffer binary(
            long subscription, FoxgloveChannels.Channel channel, ViewedFrame frame) {
        return frame.messages().stream()
                .filter(message -> message.topic().equals(channel.topic()))
                .findFirst()
                .map(message -> binary(subscription, message))
                .orElse(null);
    }

    @Override
    public synchronized void line(FoxgloveMessage message) {
        channelBySubscription.forEach(
                (subscription, channel) -> {
                    if (channels.byId(channel).topic().equals(message.topic())) {
                        outbox().offer(
                                        List.of(subscription, lines++ % MAX_LINES),
                                        () -> binary(subscription, message));
                    }
                });
    }

    private static ByteBuffer binary(long subscription, FoxgloveMessage message) {
        ByteBuffer bytes =
                ByteBuffer.allocate(MESSAGE_HEADER_BYTES + message.data().length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MESSAGE);
        bytes.putInt((int) subscription);
        bytes.putLong(message.timeNanos());
        return bytes.put(message.data()).flip();
    }

    @Override
    public void onWebSocketText(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            switch (message.path("op").asText()) {
                case "subscribe" -> message.path("subscriptions").forEach(this::subscribe);
                case "unsubscribe" -> message.path("subscriptionIds").forEach(this::unsubscribe);
                default -> refuse("this server takes subscribe and unsubscribe, and nothing else");
            }
        } catch (JsonProcessingException e) {
            refuse("the message is not JSON");
        }
    }

    private void subscribe(JsonNode wanted) {
        JsonNode id = wanted.path("id");
        FoxgloveChannels.Channel channel = channels.byId(wanted.path("channelId").asInt(-1));
        if (!id.canConvertToExactIntegral() || id.asLong() < 0 || id.asLong() > 0xffffffffL) {
            refuse("a subscription's id must be a number from 0 to 4294967295");
        } else if (channel == null) {
            refuse("there is no such channel");
        } else if (add(id.asLong(), channel)) {
            frames().all()
                    .forEach(
                            frame -> {
                                synchronized (this) {
                                    offer(id.asLong(), frame);
                                }
                            });
        } else {
            refuse("the subscription's id is taken, or there are too many subscriptions");
        }
    }

    private synchronized boolean add(long subscription, FoxgloveChannels.Channel channel) {
        return channelBySubscription.size() < MAX_SUBSCRIPTIONS
                && channelBySubscription.putIfAbsent(subscription, channel.id()) == null;
    }

    private synchronized void unsubscribe(JsonNode id) {
        channelBySubscription.remove(id.asLong(-1));
    }

    private void refuse(String why) {
        ObjectNode status = JSON.createObjectNode();
        status.put("op", "status");
        status.put("level", ERROR);
        status.put("message", why);
        outbox().text(status.toString());
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        refuse("this server takes no binary messages");
    }
}
