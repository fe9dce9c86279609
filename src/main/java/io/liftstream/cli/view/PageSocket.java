package io.liftstream.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.foxglove.FoxgloveMessage;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.websocket.api.Callback;

/**
 * The page's connection. The page asks for the next frame of a camera once it has drawn the one
 * before, so that a slow browser, or one that pauses, is sent no more than it shows.
 */
public final class PageSocket extends ViewerSocket {
    /** Of the page and its server; they come from the same jar. */
    static final String PROTOCOL = "liftstream.view.v1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String greeting;
    private final Map<String, ViewedFrame> sent = new HashMap<>();
    private final Map<String, Boolean> waiting = new HashMap<>();

    /**
     * @param sourceDescription what is shown, for people
     */
    PageSocket(Viewers viewers, String sourceDescription) {
        super(viewers);
        greeting =
                JSON.createObjectNode()
                        .put("type", "hello")
                        .put("source", sourceDescription)
                        .toString();
    }

    @Override
    void opened() {
        outbox().text(greeting);
        frames().all().forEach(this::published);
        tick();
    }

    @Override
    void tick() {
        outbox().text(frames().status().toString());
    }

    @Override
    public void published(ViewedFrame frame) {
        synchronized (this) {
            if (!waiting.getOrDefault(frame.cameraId(), true)) {
                return;
            }
            waiting.put(frame.cameraId(), false);
        }
        send(frame.cameraId());
    }

    private void send(String cameraId) {
        outbox().offer(
                        cameraId,
                        () -> {
                            ViewedFrame frame = frames().newest(cameraId);
                            synchronized (this) {
                                sent.put(cameraId, frame);
                            }
                            return ByteBuffer.wrap(frame.pageMessage());
                        });
    }

    @Override
    public void line(FoxgloveMessage message) {
        // The numbers of tick() tell of rejections.
    }

    /** {@code {"next":"camera"}}: the page has drawn what it got. */
    @Override
    public void onWebSocketText(String message) {
        JsonNode next;
        try {
            next = JSON.readTree(message).path("next");
        } catch (JsonProcessingException e) {
            outbox().close();
            return;
        }
        ViewedFrame newest = next.isTextual() ? frames().newest(next.asText()) : null;
        if (newest == null) {
            return;
        }
        synchronized (this) {
            if (sent.get(newest.cameraId()) == newest) {
                waiting.put(newest.cameraId(), true);
                return;
            }
        }
        send(newest.cameraId());
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        outbox().close();
    }
}
