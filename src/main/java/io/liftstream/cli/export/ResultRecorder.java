package io.liftstream.cli.export;

import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.foxglove.RejectionMessages;
import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.input.RecordPicture;
import io.liftstream.wire.ReadResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes results with their pictures, and rejections; counts what a recording lacks. */
final class ResultRecorder {

    /** Results are held until so much of them is there, and their frames are read together. */
    private static final long MAX_HELD_BYTES = 32 << 20;

    private static final int MAX_HELD = 256;
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final McapRecording recording;
    private final FramePictures pictures;
    private final Deque<Held> held = new ArrayDeque<>();
    private final RecentlySeen<ViewedResult.Identity> seen = new RecentlySeen<>();
    private final RecentlySeen<Provenance> seenRejections = new RecentlySeen<>();
    private long heldBytes;
    private long results;
    private long rejections;
    private long picturesGone;
    private long picturesNotRead;
    private long picturesByPath;
    private long picturesUnreadable;
    private long withoutCloud;
    private long guessedScale;
    private long saidResults;
    private long lastLineNanos = System.nanoTime() - LINE_EVERY_NANOS;

    ResultRecorder(McapRecording recording, FramePictures pictures) {
        this.recording = recording;
        this.pictures = pictures;
    }

    /**
     * Takes a result.
     *
     * @param brokerMillis time stamp of its record
     * @param bytes of its record's value
     */
    void add(ViewedResult result, long brokerMillis, int bytes) throws Exception {
        if (!seen.isNew(result.identity())) {
            return;
        }
        held.add(new Held(result, TimeUnit.MILLISECONDS.toNanos(brokerMillis)));
        heldBytes += bytes;
        if (heldBytes >= MAX_HELD_BYTES || held.size() >= MAX_HELD) {
            flush();
        }
    }

    /** Writes what is held. */
    void flush() throws Exception {
        Map<ReadResult, CameraFrame> frames =
                pictures.framesOf(held.stream().map(one -> one.viewed().result()).toList());
        while (!held.isEmpty()) {
            Held one = held.remove();
            write(one, image(one.viewed(), frames.get(one.viewed().result())));
        }
        heldBytes = 0;
    }

    /** Writes what is held, when the brokers can no longer be asked for its pictures. */
    void flushWithoutPictures() throws IOException {
        picturesNotRead += held.size();
        while (!held.isEmpty()) {
            write(held.remove(), Optional.empty());
        }
        heldBytes = 0;
    }

    private void write(Held one, Optional<FoxgloveMessage> image) throws IOException {
        if (image.isPresent()) {
            recording.write(image.get(), one.publishNanos());
        }
        for (FoxgloveMessage message : one.viewed().messages().ofResult()) {
            recording.write(message, one.publishNanos());
        }
        if (one.viewed().result().meshWasAskedFor()) {
            recording.write(
                    one.viewed().messages().mesh(one.viewed().result().glb()), one.publishNanos());
        }
        results++;
        withoutCloud += one.viewed().result().result().pointCloud() == null ? 1 : 0;
        guessedScale += one.viewed().result().result().metric() ? 0 : 1;
    }

    private Optional<FoxgloveMessage> image(ViewedResult viewed, CameraFrame frame) {
        if (frame == null) {
            picturesGone++;
            return Optional.empty();
        }
        try {
            Optional<byte[]> picture = RecordPicture.of(frame.payload());
            picturesByPath += picture.isEmpty() ? 1 : 0;
            return picture.map(viewed.messages()::image);
        } catch (IOException | LiftingException e) {
            picturesUnreadable++;
            return Optional.empty();
        }
    }

    /**
     * Writes a rejection.
     *
     * @param brokerMillis time stamp of its record
     */
    void add(FrameRejection rejection, long brokerMillis) throws IOException {
        if (seenRejections.isNew(rejection.provenance())) {
            long publishNanos = TimeUnit.MILLISECONDS.toNanos(brokerMillis);
            recording.write(
                    RejectionMessages.of(rejection, timeNanos(rejection, publishNanos)),
                    publishNanos);
            rejections += rejection.frames().size();
        }
    }

    /**
     * Its capture time. One that is not known, or is what was wrong, would stretch the time line by
     * years: such a rejection lies at the latest time so far.
     */
    private long timeNanos(FrameRejection rejection, long publishNanos) {
        if (rejection.captureTimeNanos() != null
                && rejection.reason() != RejectionReason.BAD_CLOCK) {
            return rejection.captureTimeNanos();
        }
        return recording.latestNanos() == 0 ? publishNanos : recording.latestNanos();
    }

    /** Says how many results are written, where they are more than last time, every few seconds. */
    void sayProgress(PrintWriter out) {
        if (results > saidResults && System.nanoTime() - lastLineNanos >= LINE_EVERY_NANOS) {
            out.println(results + " results so far");
            saidResults = results;
            lastLineNanos = System.nanoTime();
        }
    }

    /** Says what the file holds, and what it does not. */
    void printCounts(PrintWriter out, Path file) throws IOException {
        out.printf(
                Locale.ROOT,
                "%d results and %d rejected frames written to %s, %.1f MB.%n",
                results,
                rejections,
                file,
                Files.size(file) / 1e6);
        out.printf(Locale.ROOT, "%10s  %s%n", "messages", "topic");
        recording
                .counts()
                .forEach((topic, count) -> out.printf(Locale.ROOT, "%10d  %s%n", count, topic));
        printIfAny(out, picturesGone, "pictures are no longer on the frames topic.");
        printIfAny(out, picturesByPath, "pictures were named by a path and are not in the file.");
        printIfAny(out, picturesUnreadable, "pictures cannot be read and are not in the file.");
        printIfAny(out, withoutCloud, "results have no cloud: neither depth nor points.");
        printIfAny(out, guessedScale, "results have metres that are a guess of scale.");
        printIfAny(out, seen.repeats() + seenRejections.repeats(), "repeats were left out.");
    }

    /** What a file holds whose export failed, in one line. */
    String partial(Path file) {
        return String.format(
                Locale.ROOT,
                "%s is partial: %d results%s and %d rejected frames, captured up to %s; export again to"
                        + " another file, or delete it",
                file,
                results,
                picturesNotRead == 0 ? "" : " (" + picturesNotRead + " without pictures)",
                rejections,
                Instant.ofEpochSecond(0, recording.latestNanos()));
    }

    private static void printIfAny(PrintWriter out, long count, String what) {
        if (count > 0) {
            out.println(count + " " + what);
        }
    }

    private record Held(ViewedResult viewed, long publishNanos) {}
}
