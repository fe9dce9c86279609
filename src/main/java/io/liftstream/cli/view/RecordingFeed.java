package io.liftstream.cli.view;

import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.FoxgloveSchema;
import io.liftstream.foxglove.FrameMessages;
import io.liftstream.foxglove.RecordedMessages;
import io.liftstream.foxglove.RejectionMessages;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.RejectionReason;
import io.liftstream.mcap.McapChannel;
import io.liftstream.mcap.McapMessage;
import io.liftstream.mcap.McapReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A recording that {@code export --mcap} wrote, at the pace of capture. Messages of one camera and
 * capture time are a frame. Channels of others in the file are passed over.
 */
final class RecordingFeed implements Feed {
    private static final Pattern FRAME_TOPIC =
            Pattern.compile("/([^/]+)/(image|calibration|depth|points|points/draco|mesh)");
    private static final Pattern FURTHER = Pattern.compile(" and (\\d+) after it\\)$");

    private final McapReader reader;
    private final Path file;
    private final RecordedPace pace = new RecordedPace(System::nanoTime);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Opens a recording.
     *
     * @throws IOException where it is no MCAP file, or cannot be read
     */
    RecordingFeed(Path file) throws IOException {
        this.file = file;
        this.reader = McapReader.open(file);
    }

    @Override
    public String description() {
        return file.getFileName().toString();
    }

    @Override
    public void run(NewestFrames frames) throws IOException, InterruptedException {
        frames.showRecording();
        var messages = reader.messages();
        List<McapMessage> together = new ArrayList<>();
        for (Optional<McapMessage> next = messages.next();
                next.isPresent();
                next = messages.next()) {
            McapMessage message = next.get();
            if (!together.isEmpty() && together.get(0).logTimeNanos() != message.logTimeNanos()) {
                if (show(together, frames)) {
                    return;
                }
                together.clear();
            }
            together.add(message);
        }
        if (together.isEmpty() || !show(together, frames)) {
            frames.end();
            stopped.await();
        }
    }

    /** Shows what was captured at one time when its turn comes; true where it was stopped first. */
    private boolean show(List<McapMessage> together, NewestFrames frames)
            throws InterruptedException {
        long wait = Math.max(0, pace.untilTurn(together.get(0).logTimeNanos()));
        if (stopped.await(wait, TimeUnit.NANOSECONDS)) {
            return true;
        }
        publish(together, frames);
        return false;
    }

    private void publish(List<McapMessage> together, NewestFrames frames) {
        Map<String, List<FoxgloveMessage>> byCamera = new LinkedHashMap<>();
        List<FoxgloveMessage> ofAll = new ArrayList<>();
        long sentNanos = 0;
        for (McapMessage message : together) {
            McapChannel channel = reader.channels().get(message.channelId());
            Optional<FoxgloveSchema> schema = schema(channel);
            if (schema.isEmpty()) {
                continue;
            }
            FoxgloveMessage shown =
                    new FoxgloveMessage(
                            channel.topic(), schema.get(), message.logTimeNanos(), message.data());
            Matcher frame = FRAME_TOPIC.matcher(channel.topic());
            if (channel.topic().equals(RejectionMessages.TOPIC)) {
                reject(shown, frames);
            } else if (channel.topic().equals(FrameMessages.TRANSFORMS_TOPIC)) {
                ofAll.add(shown);
            } else if (frame.matches() && CameraId.isValid(frame.group(1))) {
                byCamera.computeIfAbsent(frame.group(1), id -> new ArrayList<>()).add(shown);
                sentNanos = Math.max(sentNanos, message.publishTimeNanos());
            }
        }
        for (Map.Entry<String, List<FoxgloveMessage>> frame : byCamera.entrySet()) {
            List<FoxgloveMessage> all = new ArrayList<>(frame.getValue());
            all.addAll(ofAll);
            frames.publish(new RecordedFrame(frame.getKey(), all, sentNanos));
        }
    }

    private Optional<FoxgloveSchema> schema(McapChannel channel) {
        var schema = reader.schemas().get(channel.schemaId());
        return schema == null
                ? Optional.empty()
                : Arrays.stream(FoxgloveSchema.values())
                        .filter(known -> known.fullName().equals(schema.name()))
                        .findFirst();
    }

    private static void reject(FoxgloveMessage line, NewestFrames frames) {
        try {
            String text = RecordedMessages.line(line.data());
            String camera = RecordedMessages.camera(line.data());
            Matcher further = FURTHER.matcher(text);
            frames.reject(
                    CameraId.isValid(camera) ? camera : null,
                    RejectionReason.valueOf(text.substring(0, Math.max(0, text.indexOf(':')))),
                    further.find() ? 1 + Long.parseLong(further.group(1)) : 1,
                    line);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            frames.countUnreadable();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            // It was read only.
        }
    }
}
