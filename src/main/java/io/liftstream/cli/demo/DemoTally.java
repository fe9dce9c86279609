package io.liftstream.cli.demo;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import io.liftstream.wire.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Counts what was published against what came back, and hands each frame to its files. */
final class DemoTally implements OutcomeReader.Receiver {

    private final DemoFolder output;
    private final Map<String, Pending> pending = new HashMap<>();
    private final List<LiftedRow> lifted = new ArrayList<>();
    private final Map<RejectionReason, Integer> rejected = new EnumMap<>(RejectionReason.class);
    private final Map<RejectionReason, String> rejectionExamples =
            new EnumMap<>(RejectionReason.class);
    private final Map<String, Long> lastCapture = new HashMap<>();
    private int published;
    private int outOfOrder;
    private int unexpected;
    private long firstPublished = Long.MAX_VALUE;
    private long firstSent = Long.MAX_VALUE;
    private long lastSent;

    DemoTally(DemoFolder output) {
        this.output = output;
    }

    synchronized void published(DemoFrame frame, long millis) {
        published++;
        firstPublished = Math.min(firstPublished, millis);
        pending.put(
                DemoFolder.stem(frame.cameraId(), frame.sequence()), new Pending(frame, millis));
    }

    @Override
    public synchronized void result(ReadResult read, long sentMillis) {
        Pending frame = pending.remove(DemoFolder.stem(read.cameraId(), read.sequence()));
        if (frame == null) {
            unexpected++;
            return;
        }
        Long before = lastCapture.put(read.cameraId(), read.captureTimeNanos());
        if (before != null && before >= read.captureTimeNanos()) {
            outOfOrder++;
        }
        firstSent = Math.min(firstSent, sentMillis);
        lastSent = Math.max(lastSent, sentMillis);
        ComparedDepth compared = ComparedDepth.of(frame.frame.truth(), read.result());
        try {
            output.write(frame.frame, read, compared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lifted.add(row(read, sentMillis - frame.publishedMillis, compared));
    }

    private static LiftedRow row(ReadResult read, long latencyMillis, ComparedDepth compared) {
        return new LiftedRow(
                read.cameraId(),
                read.sequence(),
                read.captureTimeNanos(),
                latencyMillis,
                read.result().pointCloud() == null ? 0 : read.result().pointCloud().count(),
                read.result().minDepth(),
                read.result().maxDepth(),
                read.result().intrinsics().fx(),
                read.result().backendIdentity(),
                compared == null ? Double.NaN : compared.accuracy().absoluteRelativeError(),
                compared == null ? Double.NaN : compared.accuracy().withinQuarter());
    }

    @Override
    public synchronized void rejection(FrameRejection rejection) {
        rejected.merge(rejection.reason(), 1, Integer::sum);
        rejectionExamples.putIfAbsent(rejection.reason(), rejection.detail());
        if (rejection.sequence() != null
                && pending.remove(DemoFolder.stem(rejection.cameraId(), rejection.sequence()))
                        == null) {
            unexpected++;
        }
    }

    synchronized int outcomes() {
        return lifted.size() + rejectedCount();
    }

    synchronized int rejectedCount() {
        return rejected.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int publishedCount() {
        return published;
    }

    /** Whether each published frame was lifted exactly once, each camera's in order. */
    synchronized boolean isComplete(int expected) {
        return published == expected
                && lifted.size() == expected
                && pending.isEmpty()
                && unexpected == 0
                && outOfOrder == 0;
    }

    synchronized List<LiftedRow> rows() {
        return Collections.unmodifiableList(new ArrayList<>(lifted));
    }

    synchronized Map<RejectionReason, Integer> rejectedByReason() {
        return new EnumMap<>(rejected);
    }

    /**
     * {@return for each reason how many frames were rejected, and why the first was; for people}
     */
    synchronized List<String> rejectionLines() {
        List<String> lines = new ArrayList<>();
        rejected.forEach(
                (reason, count) ->
                        lines.add(
                                "Rejected as "
                                        + reason
                                        + ": "
                                        + count
                                        + ". The first: "
                                        + rejectionExamples.get(reason)));
        return lines;
    }

    synchronized int outOfOrderCount() {
        return outOfOrder;
    }

    /** Results a second, from the first publishing to the last result. */
    synchronized double framesPerSecond() {
        return lifted.isEmpty()
                ? 0
                : lifted.size() * 1000.0 / Math.max(1, lastSent - firstPublished);
    }

    /** When the first result was on the broker, milliseconds since 1970; empty before that. */
    synchronized OptionalLong firstResultMillis() {
        return lifted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(firstSent);
    }

    private record Pending(DemoFrame frame, long publishedMillis) {}
}
