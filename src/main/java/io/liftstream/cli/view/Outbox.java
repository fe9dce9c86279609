package io.liftstream.cli.view;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be sent to one viewer. One message is on its way at a time; of what waits, the
 * newest of each kind replaces the one before, so that a slow viewer holds up nobody and loses
 * nothing but old frames. Messages are encoded when their turn comes, on another thread than the
 * feed's. Safe for several threads.
 */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int MAX_TEXTS = 2048;
    private static final ByteBuffer PING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** Where messages go, one after the other. */
    interface Wire {
        /** Sends a text; {@code done} is told when the next may follow. */
        void text(String text, Runnable done);

        /** Sends bytes likewise. */
        void bytes(ByteBuffer bytes, Runnable done);

        /** Sends a ping likewise. */
        void ping(ByteBuffer nothing, Runnable done);

        /** Ends the connection at once. */
        void disconnect();
    }

    private final Wire wire;
    private final Executor encoder;
    private final Deque<String> texts = new ArrayDeque<>();
    private final Map<Object, Supplier<ByteBuffer>> newest = new LinkedHashMap<>();
    private boolean busy;
    private boolean closed;

    /**
     * @param encoder runs what makes messages
     */
    Outbox(Wire wire, Executor encoder) {
        this.wire = wire;
        this.encoder = encoder;
    }

    /**
     * Sends bytes when their turn comes, unless others of their kind come first.
     *
     * @param kind equal for messages that replace each other
     * @param message makes the bytes; null is nothing to send
     */
    void offer(Object kind, Supplier<ByteBuffer> message) {
        synchronized (this) {
            newest.put(kind, message);
        }
        next();
    }

    /** Sends a text before anything else; a viewer that lets too many pile up is disconnected. */
    void text(String text) {
        synchronized (this) {
            texts.addLast(text);
            if (texts.size() > MAX_TEXTS) {
                close();
            }
        }
        next();
    }

    /** Asks for a sign of life, unless something is on its way. */
    void ping() {
        synchronized (this) {
            if (busy || closed) {
                return;
            }
            busy = true;
        }
        wire.ping(PING.duplicate(), this::sent);
    }

    private void next() {
        synchronized (this) {
            if (busy || closed || (texts.isEmpty() && newest.isEmpty())) {
                return;
            }
            busy = true;
        }
        try {
            encoder.execute(this::send);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private void send() {
        String text;
        Supplier<ByteBuffer> message = null;
        synchronized (this) {
            text = texts.pollFirst();
            if (text == null) {
                message = first();
            }
        }
        if (text != null) {
            wire.text(text, this::sent);
            return;
        }
        ByteBuffer bytes = message == null ? null : encoded(message);
        if (bytes == null) {
            sent();
        } else {
            wire.bytes(bytes, this::sent);
        }
    }

    /** A message that cannot be made is left out: the next may be fine. */
    private static ByteBuffer encoded(Supplier<ByteBuffer> message) {
        try {
            return message.get();
        } catch (RuntimeException e) {
            LOG.warn("A frame cannot be shown", e);
            return null;
        }
    }

    private Supplier<ByteBuffer> first() {
        Iterator<Supplier<ByteBuffer>> waiting = newest.values().iterator();
        if (!waiting.hasNext()) {
            return null;
        }
        Supplier<ByteBuffer> message = waiting.next();
        waiting.remove();
        return message;
    }

    private void sent() {
        synchronized (this) {
            busy = false;
        }
        next();
    }

    /** Sends nothing more, and ends the connection. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            texts.clear();
            newest.clear();
        }
        wire.disconnect();
    }
}
