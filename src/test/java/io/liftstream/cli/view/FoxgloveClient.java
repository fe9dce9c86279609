package io.liftstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A viewer that speaks Foxglove's protocol, as slow as a test wants it. */
final class FoxgloveClient implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_SECONDS = 20;

    /** A message on a channel. */
    record Data(long subscription, long timeNanos, byte[] payload) {}

    private final BlockingQueue<JsonNode> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Data> data = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final boolean readsByItself;
    private final WebSocket socket;
    private volatile int closeCode;
    private final AtomicInteger received = new AtomicInteger();
    private volatile boolean inOrder = true;
    private long lastTime;

    /**
     * Connects.
     *
     * @param readsByItself false: reads nothing after it is told to {@link #read}
     */
    FoxgloveClient(int port, String protocol, boolean readsByItself) {
        this.readsByItself = readsByItself;
        socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .subprotocols(protocol)
                        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), this)
                        .join();
    }

    String protocol() {
        return socket.getSubprotocol();
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    void sendBinary(byte... bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Takes so many more frames from the connection. */
    void read(long frames) {
        socket.request(frames);
    }

    /** The next JSON message of a kind. */
    JsonNode await(String operation) throws InterruptedException {
        return await(texts, message -> message.path("op").asText().equals(operation));
    }

    /** The next message on a channel that is as wanted. */
    Data awaitData(Predicate<Data> wanted) throws InterruptedException {
        return await(data, wanted);
    }

    private static <T> T await(BlockingQueue<T> queue, Predicate<T> wanted)
            throws InterruptedException {
        while (true) {
            T next = queue.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + TIMEOUT_SECONDS + " s");
            }
            if (wanted.test(next)) {
                return next;
            }
        }
    }

    /** How many messages came. */
    int received() {
        return received.get();
    }

    /** Whether no message was older than the one before it. */
    boolean isInOrder() {
        return inOrder;
    }

    /** The code with which the server closed; 0 while it has not. */
    int closeCode() {
        return closeCode;
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        if (readsByItself) {
            webSocket.request(Long.MAX_VALUE);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            try {
                texts.add(JSON.readTree(text.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text.setLength(0);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer part, boolean last) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            ByteBuffer whole = ByteBuffer.wrap(binary.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            binary.reset();
            if (whole.get() != 1) {
                throw new AssertionError("a binary message that is no message data");
            }
            long subscription = Integer.toUnsignedLong(whole.getInt());
            long time = whole.getLong();
            byte[] payload = new byte[whole.remaining()];
            whole.get(payload);
            received.incrementAndGet();
            inOrder &= time >= lastTime;
            lastTime = time;
            data.add(new Data(subscription, time, payload));
        }
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closeCode = code;
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode = -1;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
