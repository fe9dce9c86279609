package io.liftstream.cli.export;

import io.liftstream.cli.console.BrokerArguments;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.Provenance;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.ReadResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Finds the frames that results were made of, where their topics still have them. */
final class FramePictures implements AutoCloseable {

    /** Frames between two wanted ones that are read and left out rather than skipped. */
    private static final long MAX_GAP = 100;

    private static final ReadPosition EARLIEST = ReadPosition.parse("earliest");
    private static final ReadPosition LATEST = ReadPosition.parse("latest");

    private final KafkaSettings kafka;
    private final Map<String, Optional<TopicReader>> readers = new HashMap<>();

    FramePictures(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * The frames of these results, each as its topic has it. One that is gone is left out, and so
     * is one that is of another camera or time: its topic was deleted and created again.
     */
    Map<ReadResult, CameraFrame> framesOf(Collection<ReadResult> results) throws Exception {
        Map<ReadResult, CameraFrame> found = new HashMap<>();
        Map<String, List<ReadResult>> byTopic =
                results.stream()
                        .collect(Collectors.groupingBy(result -> result.provenance().topic()));
        for (Map.Entry<String, List<ReadResult>> topic : byTopic.entrySet()) {
            Optional<TopicReader> reader = readers.computeIfAbsent(topic.getKey(), this::open);
            if (reader.isPresent()) {
                find(reader.get(), topic.getValue(), found);
            }
        }
        return found;
    }

    private Optional<TopicReader> open(String topic) {
        try {
            BrokerArguments.requireTopic(kafka, topic);
            return Optional.of(new TopicReader(kafka, List.of(topic)));
        } catch (InvalidConfigurationException | KafkaException e) {
            return Optional.empty(); // A result may name any topic; its picture counts as gone.
        }
    }

    private static void find(
            TopicReader reader, List<ReadResult> results, Map<ReadResult, CameraFrame> found)
            throws Exception {
        Map<Integer, TreeMap<Long, ReadResult>> wanted = new TreeMap<>();
        for (ReadResult result : results) {
            Provenance place = result.provenance();
            wanted.computeIfAbsent(place.partition(), partition -> new TreeMap<>())
                    .put(place.offset(), result);
        }
        for (PartitionRange kept : reader.ranges(EARLIEST, LATEST)) {
            TreeMap<Long, ReadResult> own = wanted.get(kept.partition().partition());
            if (own == null) {
                continue;
            }
            var present = own.subMap(kept.start(), kept.end());
            for (PartitionRange run : runs(kept, present.keySet())) {
                reader.read(
                        List.of(run),
                        record -> {
                            ReadResult result = present.get(record.offset());
                            if (result != null) {
                                frame(record, result).ifPresent(f -> found.put(result, f));
                            }
                        },
                        gone -> {}); // A picture that is not found counts as gone.
            }
        }
    }

    /** Stretches of a partition that hold all these offsets without a large gap. */
    private static List<PartitionRange> runs(PartitionRange within, Collection<Long> offsets) {
        List<PartitionRange> runs = new ArrayList<>();
        for (long offset : offsets) {
            int last = runs.size() - 1;
            if (last >= 0 && offset - runs.get(last).end() <= MAX_GAP) {
                long start = runs.get(last).start();
                runs.set(last, new PartitionRange(within.partition(), start, offset + 1));
            } else {
                runs.add(new PartitionRange(within.partition(), offset, offset + 1));
            }
        }
        return runs;
    }

    private static Optional<CameraFrame> frame(
            ConsumerRecord<byte[], byte[]> record, ReadResult result) {
        if (result.captureTimeSource() != CaptureTimeSource.MESSAGE) {
            // Camera and time stand outside of such a value: its place alone tells whose it is.
            return Optional.of(
                    new CameraFrame(
                            result.cameraId(),
                            result.captureTimeNanos(),
                            result.sequence(),
                            record.value(),
                            result.provenance()));
        }
        CameraFrame frame =
                FrameDecoder.decode(record.key(), record.value(), result.provenance()).frame();
        boolean same =
                frame != null
                        && frame.cameraId().equals(result.cameraId())
                        && frame.captureTimeNanos() == result.captureTimeNanos();
        return same ? Optional.of(frame) : Optional.empty();
    }

    @Override
    public void close() {
        readers.values().forEach(reader -> reader.ifPresent(TopicReader::close));
    }
}
