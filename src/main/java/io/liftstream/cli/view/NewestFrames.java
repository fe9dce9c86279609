package io.liftstream.cli.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.frame.RejectionReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The newest frame of each camera, and what came before it in numbers. A feed puts frames in, and
 * every viewer takes from here what it can. Safe for several threads.
 */
final class NewestFrames {
    /** Each camera holds a frame in memory and a card on the page. */
    static final int MAX_CAMERAS = 256;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_CAMERA = "";

    /** Someone who looks. Called on the feed's thread, which does not wait. */
    interface Viewer {
        /** A frame is the newest of its camera. */
        void published(ViewedFrame frame);

        /** A line about rejected frames. */
        void line(FoxgloveMessage message);
    }

    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
    private final Map<String, ViewedFrame> newest = new HashMap<>();
    private final Map<String, CameraTally> tallies = new TreeMap<>();
    private final Set<String> turnedAway = new TreeSet<>();
    private final LongSupplier clock;
    private long unreadable;
    private long skipped;
    private boolean recorded;
    private boolean ended;

    /**
     * @param clock nanoseconds of any origin, for frame rates
     */
    NewestFrames(LongSupplier clock) {
        this.clock = clock;
    }

    void add(Viewer viewer) {
        viewers.add(viewer);
    }

    void remove(Viewer viewer) {
        viewers.remove(viewer);
    }

    /** Makes a frame the newest of its camera. */
    void publish(ViewedFrame frame) {
        synchronized (this) {
            CameraTally tally = tally(frame.cameraId());
            if (tally == null) {
                return;
            }
            tally.result(clock.getAsLong());
            newest.put(frame.cameraId(), frame);
        }
        viewers.forEach(viewer -> viewer.published(frame));
    }

    /**
     * Counts frames that became no result.
     *
     * @param cameraId null where it is not known
     * @param line for viewers that show a log
     */
    void reject(String cameraId, RejectionReason reason, long frames, FoxgloveMessage line) {
        synchronized (this) {
            CameraTally tally = tally(cameraId == null ? NO_CAMERA : cameraId);
            if (tally != null) {
                tally.rejected(reason, frames);
            }
        }
        viewers.forEach(viewer -> viewer.line(line));
    }

    private CameraTally tally(String cameraId) {
        CameraTally tally = tallies.get(cameraId);
        if (tally == null && tallies.size() < MAX_CAMERAS) {
            tally = new CameraTally();
            tallies.put(cameraId, tally);
        } else if (tally == null && turnedAway.size() < MAX_CAMERAS) {
            turnedAway.add(cameraId);
        }
        return tally;
    }

    /** A record was no result and no rejection. */
    synchronized void countUnreadable() {
        unreadable++;
    }

    /** The feed left out results because it was behind. */
    synchronized void countSkipped(long results) {
        skipped += results;
    }

    /** What comes was captured at another time, and is shown at its pace. */
    synchronized void showRecording() {
        recorded = true;
    }

    /** Nothing more will come. */
    synchronized void end() {
        ended = true;
    }

    /** The newest frame of a camera, or null. */
    synchronized ViewedFrame newest(String cameraId) {
        return newest.get(cameraId);
    }

    /** The newest frame of each camera. */
    synchronized List<ViewedFrame> all() {
        return new ArrayList<>(newest.values());
    }

    /** What came until now, in words. */
    synchronized String summary() {
        long results = tallies.values().stream().mapToLong(CameraTally::results).sum();
        long cameras = tallies.values().stream().filter(tally -> tally.results() > 0).count();
        long rejected =
                tallies.values().stream()
                        .flatMap(tally -> tally.rejections().values().stream())
                        .mapToLong(Long::longValue)
                        .sum();
        String shown =
                counted(results, "result")
                        + " of "
                        + counted(cameras, "camera")
                        + " came, and "
                        + counted(rejected, "rejected frame");
        return skipped == 0
                ? shown
                : shown + "; " + counted(skipped, "result") + " left out to stay current";
    }

    private static String counted(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** The numbers, as the page takes them. */
    synchronized ObjectNode status() {
        ObjectNode status = JSON.createObjectNode();
        status.put("type", "status");
        status.put("unreadable", unreadable);
        status.put("skipped", skipped);
        status.put("turnedAway", turnedAway.size());
        status.put("recorded", recorded);
        status.put("ended", ended);
        ArrayNode cameras = status.putArray("cameras");
        long now = clock.getAsLong();
        tallies.forEach(
                (id, tally) -> {
                    ObjectNode camera = cameras.addObject();
                    camera.put("id", id);
                    camera.put("results", tally.results());
                    camera.put("perSecond", tally.perSecond(now));
                    ObjectNode rejected = camera.putObject("rejected");
                    tally.rejections().forEach((why, count) -> rejected.put(why.name(), count));
                });
        return status;
    }
}
