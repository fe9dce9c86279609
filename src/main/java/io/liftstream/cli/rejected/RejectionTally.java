package io.liftstream.cli.rejected;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rejections by reason and camera; a frame that is told of twice counts once. */
final class RejectionTally {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** No camera id looks like this. */
    private static final String NO_CAMERA = "(unknown)";

    private final Set<Provenance> seen = new HashSet<>();
    private final Map<RejectionReason, Map<String, Long>> counts =
            new EnumMap<>(RejectionReason.class);

    /** Counts a rejection's frames; those of them that were not counted before. */
    List<Provenance> add(FrameRejection rejection) {
        List<Provenance> added = rejection.frames().stream().filter(seen::add).toList();
        if (!added.isEmpty()) {
            counts.computeIfAbsent(rejection.reason(), reason -> new TreeMap<>())
                    .merge(cameraOf(rejection), (long) added.size(), Long::sum);
        }
        return added;
    }

    /** Where the frames counted were read. */
    Set<Provenance> frames() {
        return Collections.unmodifiableSet(seen);
    }

    /** The camera as it is shown. */
    static String cameraOf(FrameRejection rejection) {
        return rejection.cameraId() == null ? NO_CAMERA : rejection.cameraId();
    }

    /** A line for each reason and camera, and the total. */
    void printTable(PrintWriter out) {
        out.printf(Locale.ROOT, "%10s  %-18s %s%n", "frames", "reason", "camera");
        counts.forEach(
                (reason, cameras) ->
                        cameras.forEach(
                                (camera, count) ->
                                        out.printf(
                                                Locale.ROOT,
                                                "%10d  %-18s %s%n",
                                                count,
                                                reason,
                                                camera)));
        out.printf(Locale.ROOT, "%10d  in all%n", seen.size());
    }

    /** The same as one JSON object; {@code camera} is null where it is not known. */
    String toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("total", seen.size());
        ArrayNode rows = root.putArray("counts");
        counts.forEach(
                (reason, cameras) ->
                        cameras.forEach(
                                (camera, count) -> {
                                    ObjectNode row = rows.addObject();
                                    row.put("reason", reason.name());
                                    row.put("camera", camera.equals(NO_CAMERA) ? null : camera);
                                    row.put("frames", count);
                                }));
        return JSON.writeValueAsString(root);
    }
}
