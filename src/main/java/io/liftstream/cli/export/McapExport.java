package io.liftstream.cli.export;

import io.liftstream.cli.console.OrderlyEnd;
import io.liftstream.cli.console.ProgressDisplay;
import io.liftstream.cli.console.RecordDecoder;
import io.liftstream.cli.console.RemovedRecords;
import io.liftstream.frame.FrameRejection;
import io.liftstream.job.InvalidConfigurationException;
import io.liftstream.kafka.EventHeaders;
import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.PartitionRange;
import io.liftstream.kafka.ReadPosition;
import io.liftstream.kafka.TopicReader;
import io.liftstream.wire.RejectionCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes a result topic, and the rejections beside it, to a recording for viewers: what is there,
 * and on demand what comes, until the process is asked to end.
 */
final class McapExport {
    private static final ReadPosition LATEST = ReadPosition.parse("latest");

    private final KafkaSettings kafka;
    private final String resultTopic;
    private final String rejectedTopic;
    private final PrintWriter out;
    private final PrintWriter err;
    private final RecordDecoder<ViewedResult> results;
    private final RecordDecoder<FrameRejection> rejections;
    private final RemovedRecords removed;

    /**
     * @param rejectedTopic null for none
     * @param out gets the counts
     * @param err gets complaints about records, and what is no longer on the topics
     */
    McapExport(
            KafkaSettings kafka,
            String resultTopic,
            String rejectedTopic,
            PrintWriter out,
            PrintWriter err) {
        this.kafka = kafka;
        this.resultTopic = resultTopic;
        this.rejectedTopic = rejectedTopic;
        this.out = out;
        this.err = err;
        results = new RecordDecoder<>(EventHeaders.RESULT, ViewedResult::decode, err);
        rejections = new RecordDecoder<>(EventHeaders.REJECTION, RejectionCodec::decode, err);
        removed = new RemovedRecords(err);
    }

    /**
     * Writes a file.
     *
     * @param file must not exist
     * @param start of both topics
     * @param follow whether to go on with what comes
     * @return the exit code
     */
    int run(Path file, ReadPosition start, boolean follow) throws Exception {
        List<String> topics = new ArrayList<>(List.of(resultTopic));
        if (rejectedTopic != null) {
            topics.add(rejectedTopic);
        }
        try (OrderlyEnd end = new OrderlyEnd();
                TopicReader reader = new TopicReader(kafka, topics);
                FramePictures pictures = new FramePictures(kafka)) {
            // Asked for first: a broker that does not answer leaves no empty file behind.
            List<PartitionRange> ranges = reader.ranges(start, LATEST);
            McapRecording recording = create(file);
            ResultRecorder recorder = new ResultRecorder(recording, pictures);
            try (recording) {
                recordAll(reader, ranges, follow, recorder, end);
            } catch (Exception e) {
                keepPart(file, recording, recorder);
                throw e;
            }
            recorder.printCounts(out, file);
            out.println("Next: liftstream view " + file);
            int readable = Math.max(results.exitCode(), rejections.exitCode());
            return Math.max(readable, removed.exitCode());
        }
    }

    private static McapRecording create(Path file) throws IOException {
        try {
            return McapRecording.create(file);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidConfigurationException(
                    List.of(
                            "option --mcap is "
                                    + file
                                    + ": it exists and may be the only recording of its time; name"
                                    + " another file, or delete it"));
        }
    }

    /** What was read is written in any case. */
    private void recordAll(
            TopicReader reader,
            List<PartitionRange> ranges,
            boolean follow,
            ResultRecorder recorder,
            OrderlyEnd end)
            throws Exception {
        try {
            record(reader, ranges, follow, recorder, end);
            recorder.flush();
        } catch (Exception e) {
            try {
                recorder.flushWithoutPictures();
            } catch (IOException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
    }

    /** A file that looks whole and is not must be called so; one without a message is none. */
    private void keepPart(Path file, McapRecording recording, ResultRecorder recorder)
            throws IOException {
        if (recording.counts().isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            err.println(recorder.partial(file));
        }
    }

    /** Results come first: a rejection without a time of its own gets that of the last result. */
    private void record(
            TopicReader reader,
            List<PartitionRange> ranges,
            boolean follow,
            ResultRecorder recorder,
            OrderlyEnd end)
            throws Exception {
        try {
            readTo(reader, of(resultTopic, ranges), recorder, end);
            recorder.flush();
            readTo(reader, of(rejectedTopic, ranges), recorder, end);
        } catch (CancellationException e) {
            out.println("Ended before the topic's end.");
            return;
        }
        if (follow) {
            out.println("Following " + resultTopic + "; Ctrl-C ends the recording.");
            reader.follow(ranges, followed(recorder), removed::add, end::isAsked);
        }
    }

    private static List<PartitionRange> of(String topic, List<PartitionRange> ranges) {
        return ranges.stream().filter(range -> range.partition().topic().equals(topic)).toList();
    }

    private void readTo(
            TopicReader reader,
            List<PartitionRange> ranges,
            ResultRecorder recorder,
            OrderlyEnd end)
            throws Exception {
        long total = ranges.stream().mapToLong(PartitionRange::length).sum();
        if (total == 0) {
            return;
        }
        String task = "Exporting " + ranges.get(0).partition().topic();
        try (ProgressDisplay progress = ProgressDisplay.of(task, total, "offset")) {
            reader.read(
                    ranges,
                    new TopicReader.Receiver() {
                        @Override
                        public void record(ConsumerRecord<byte[], byte[]> record) throws Exception {
                            if (end.isAsked()) {
                                throw new CancellationException();
                            }
                            take(record, recorder);
                        }

                        @Override
                        public void passed(long offsets) {
                            progress.reached(offsets);
                        }
                    },
                    removed::add);
        }
    }

    private TopicReader.Receiver followed(ResultRecorder recorder) {
        return new TopicReader.Receiver() {
            @Override
            public void record(ConsumerRecord<byte[], byte[]> record) throws Exception {
                take(record, recorder);
                recorder.sayProgress(out);
            }

            @Override
            public void waiting() throws Exception {
                recorder.flush();
                recorder.sayProgress(out);
            }
        };
    }

    private void take(ConsumerRecord<byte[], byte[]> record, ResultRecorder recorder)
            throws Exception {
        if (record.topic().equals(resultTopic)) {
            ViewedResult result = results.decode(record);
            if (result != null) {
                recorder.add(result, record.timestamp(), record.value().length);
            }
        } else {
            FrameRejection rejection = rejections.decode(record);
            if (rejection != null) {
                recorder.add(rejection, record.timestamp());
            }
        }
    }
}
