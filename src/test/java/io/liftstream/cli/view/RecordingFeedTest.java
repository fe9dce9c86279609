package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.FoxgloveSchema;
import io.liftstream.foxglove.RejectionMessages;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.mcap.McapCompression;
import io.liftstream.mcap.McapFormatException;
import io.liftstream.mcap.McapMessage;
import io.liftstream.mcap.McapWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RecordingFeedTest {
    private static final long LATENCY_NANOS = 250_000_000;

    @TempDir private Path folder;
    private final NewestFrames frames = new NewestFrames(System::nanoTime);
    private final List<ViewedFrame> shown = new ArrayList<>();

    @Test
    void theFramesOfARecordingAreShownInOrderWithAllTheirParts() throws Exception {
        Path file = recording();
        frames.add(new Recorder());
        try (RecordingFeed feed = new RecordingFeed(file)) {
            Thread thread = run(feed);
            while (!frames.status().path("ended").asBoolean()) {
                thread.join(10);
            }
            feed.stop();
            thread.join();
        }

        assertThat(shown.stream().map(ViewedFrame::cameraId))
                .containsExactly("a", "b", "a", "b", "a", "b");
        // The clouds of the second camera are compressed.
        for (ViewedFrame frame : shown.subList(4, 6)) {
            JsonNode facts = facts(frame.pageMessage());
            assertThat(facts.path("parts").properties().stream().map(Map.Entry::getKey))
                    .containsExactly("picture", "depth", "cloud");
            assertThat(facts.path("latencyMillis").asLong()).isEqualTo(250);
            assertThat(facts.path("totalPoints").asInt()).isEqualTo(32 * 24);
        }
        assertThat(shown.get(4).messages())
                .extracting(FoxgloveMessage::topic)
                .contains("/tf", "/a/image", "/a/points");
        assertThat(shown.get(5).messages())
                .extracting(FoxgloveMessage::topic)
                .contains("/tf", "/b/image", "/b/points/draco");
        assertThat(frames.status().path("recorded").asBoolean()).isTrue();
        JsonNode cameras = frames.status().path("cameras");
        assertThat(cameras.get(0).path("rejected").path("SHED").asInt()).isEqualTo(3);
        assertThat(cameras.get(0).path("results").asInt()).isEqualTo(3);
    }

    @Test
    void aFeedThatIsStoppedInTheMiddleReturns() throws Exception {
        Path file = recording();
        try (RecordingFeed feed = new RecordingFeed(file)) {
            feed.stop();
            feed.run(frames);
        }
        assertThat(frames.status().path("ended").asBoolean()).isFalse();
    }

    @Test
    void aFileThatIsNoRecordingIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("note.mcap"), "no recording");

        assertThatThrownBy(() -> new RecordingFeed(file)).isInstanceOf(McapFormatException.class);
    }

    private Thread run(RecordingFeed feed) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                feed.run(frames);
                            } catch (IOException | InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
        thread.start();
        return thread;
    }

    private static JsonNode facts(byte[] message) throws IOException {
        int length = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return new ObjectMapper().readTree(new String(message, 4, length, StandardCharsets.UTF_8));
    }

    private Path recording() throws IOException {
        Path file = folder.resolve("recording.mcap");
        try (McapWriter writer =
                new McapWriter(Files.newOutputStream(file), "test", McapCompression.ZSTD)) {
            Map<String, Integer> channels = new HashMap<>();
            Map<FoxgloveSchema, Integer> schemas = new HashMap<>();
            List<FoxgloveMessage> messages = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                messages.addAll(new SyntheticFrame("a", 20_000_000 * i, 32, 24).messages());
                messages.addAll(
                        new SyntheticFrame("b", 20_000_000 * i, 32, 24).compressedMessages());
            }
            messages.add(RejectionMessages.of(shed(), SyntheticFrame.START + 40_000_000));
            for (FoxgloveMessage message : messages) {
                int channel =
                        channels.computeIfAbsent(
                                message.topic(), topic -> channel(writer, schemas, message));
                writer.write(
                        new McapMessage(
                                channel,
                                0,
                                message.timeNanos(),
                                message.timeNanos() + LATENCY_NANOS,
                                message.data()));
            }
        }
        return file;
    }

    private static int channel(
            McapWriter writer, Map<FoxgloveSchema, Integer> schemas, FoxgloveMessage message) {
        int schema =
                schemas.computeIfAbsent(
                        message.schema(),
                        kind ->
                                writer.addSchema(
                                        kind.fullName(),
                                        FoxgloveSchema.ENCODING,
                                        kind.descriptorSet()));
        return writer.addChannel(schema, message.topic(), FoxgloveSchema.ENCODING, Map.of());
    }

    private static FrameRejection shed() {
        return new FrameRejection(
                RejectionReason.SHED,
                "sequence",
                "too old",
                new Provenance("frames", 0, 1, 0),
                "a",
                1L,
                1L,
                null,
                0,
                new long[] {2, 3});
    }

    private final class Recorder implements NewestFrames.Viewer {
        @Override
        public void published(ViewedFrame frame) {
            shown.add(frame);
        }

        @Override
        public void line(FoxgloveMessage message) {
            // The status counts it.
        }
    }
}
