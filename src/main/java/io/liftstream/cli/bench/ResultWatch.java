package io.liftstream.cli.bench;

import io.liftstream.kafka.KafkaSettings;
import io.liftstream.kafka.TopicTail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** Reads the results of a live job as a consumer of them would, and notes when it had each. */
final class ResultWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long TIMEOUT_MILLIS = 60_000;

    private final Map<FramePlace, Long> seen = new ConcurrentHashMap<>();
    private final TopicTail results;
    private final Thread thread;

    /**
     * Begins to read.
     *
     * @param committedOnly whether the results of open transactions are waited for
     */
    ResultWatch(KafkaSettings settings, String depthTopic, boolean committedOnly) {
        results = new TopicTail(settings, List.of(depthTopic), committedOnly);
        results.seekToBeginning();
        thread = new Thread(this::read, "bench-results");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (true) {
                // await() says how many are missing.
                for (ConsumerRecord<byte[], byte[]> record : results.poll(POLL, gone -> {})) {
                    seen.put(FramePlace.ofResult(record.headers()), LiveTimes.nowMicros());
                }
            }
        } catch (WakeupException e) {
            results.close();
        }
    }

    /**
     * Waits until so many frames have their result.
     *
     * @throws IllegalStateException where none comes any more
     */
    void await(int frames) throws InterruptedException {
        int before = -1;
        long deadline = 0;
        while (seen.size() < frames) {
            if (seen.size() > before) {
                before = seen.size();
                deadline = System.currentTimeMillis() + TIMEOUT_MILLIS;
            } else if (System.currentTimeMillis() > deadline) {
                throw new IllegalStateException(
                        "the live job gave " + before + " results for " + frames + " frames");
            }
            Thread.sleep(POLL.toMillis() / 10);
        }
    }

    /** When each frame's result was read, microseconds since 1970. */
    Map<FramePlace, Long> seen() {
        return seen;
    }

    @Override
    public void close() throws InterruptedException {
        results.wakeup();
        thread.join();
    }
}
