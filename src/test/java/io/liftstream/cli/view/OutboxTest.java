package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final List<String> sent = new ArrayList<>();
    private final List<Runnable> onTheirWay = new ArrayList<>();
    private boolean disconnected;
    private final Outbox outbox = new Outbox(new RecordedWire(), Runnable::run);

    @Test
    void whileOneIsOnItsWayTheNewestOfEachKindReplacesTheOneBefore() {
        offer("a", "a1");
        offer("a", "a2");
        offer("b", "b1");
        offer("a", "a3");
        offer("b", "b2");
        assertThat(sent).containsExactly("a1");

        arrive();
        arrive();
        arrive();
        assertThat(sent).containsExactly("a1", "a3", "b2");
    }

    @Test
    void aKindThatIsReplacedKeepsItsTurn() {
        offer("a", "a1");
        offer("b", "b1");
        offer("c", "c1");
        offer("b", "b2");

        arrive();
        arrive();
        assertThat(sent).containsExactly("a1", "b2", "c1");
    }

    @Test
    void textsGoFirstAndInOrder() {
        offer("a", "a1");
        offer("b", "b1");
        outbox.text("one");
        outbox.text("two");

        arrive();
        arrive();
        arrive();
        assertThat(sent).containsExactly("a1", "one", "two", "b1");
    }

    @Test
    void messagesAreMadeWhenTheirTurnComes() {
        List<String> made = new ArrayList<>();
        offer("a", "a1");
        for (int i = 0; i < 100; i++) {
            int number = i;
            outbox.offer(
                    "b",
                    () -> {
                        made.add("b" + number);
                        return bytes("b" + number);
                    });
        }
        arrive();
        assertThat(made).containsExactly("b99");
    }

    @Test
    void aMessageThatCannotBeMadeIsLeftOut() {
        outbox.offer(
                "a",
                () -> {
                    throw new IllegalStateException("tried by a test");
                });
        outbox.offer("b", () -> null);
        offer("c", "c1");

        assertThat(sent).containsExactly("c1");
        assertThat(disconnected).isFalse();
    }

    @Test
    void aViewerThatTakesNoTextsIsDisconnected() {
        for (int i = 0; i < 3000; i++) {
            outbox.text("text");
        }
        assertThat(disconnected).isTrue();
        offer("a", "a1");
        assertThat(sent).containsExactly("text");
    }

    @Test
    void aSignOfLifeIsAskedForOnlyWhereNothingIsOnItsWay() {
        outbox.ping();
        offer("a", "a1");
        assertThat(sent).containsExactly("ping");
        arrive();
        outbox.ping();
        assertThat(sent).containsExactly("ping", "a1");
    }

    private void offer(String kind, String message) {
        outbox.offer(kind, () -> bytes(message));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private void arrive() {
        onTheirWay.remove(0).run();
    }

    private final class RecordedWire implements Outbox.Wire {
        @Override
        public void text(String text, Runnable done) {
            sent.add(text);
            onTheirWay.add(done);
        }

        @Override
        public void bytes(ByteBuffer bytes, Runnable done) {
            text(StandardCharsets.UTF_8.decode(bytes).toString(), done);
        }

        @Override
        public void ping(ByteBuffer nothing, Runnable done) {
            text("ping", done);
        }

        @Override
        public void disconnect() {
            disconnected = true;
        }
    }
}
