package io.liftstream.cli.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.cli.console.ResultFiles;
import io.liftstream.files.WholeFile;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.scale.FrameScale;
import io.liftstream.wire.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes results below a folder, by camera and sequence. A frame never overwrites another's files:
 * where a camera repeats a sequence number, the capture time joins the name.
 */
final class ResultFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Map<String, Integer> firstEpochs = new HashMap<>();
    private long written;

    ResultFolder(Path folder) {
        this.folder = folder;
    }

    /** Results written; a repeat overwrites itself and counts again. */
    long written() {
        return written;
    }

    /**
     * Writes a result.
     *
     * @throws LiftingException where its camera id could lead out of the folder
     */
    void write(ReadResult read) throws IOException {
        if (!CameraId.isValid(read.cameraId())) {
            throw new LiftingException(
                    RejectionReason.INVALID_COMMAND,
                    "camera_id",
                    CameraId.quoted(read.cameraId()),
                    "must be " + CameraId.RULE);
        }
        Path camera = folder.resolve(read.cameraId());
        int first = firstEpochs.computeIfAbsent(read.cameraId(), id -> read.epoch());
        String epoch = Integer.toUnsignedString(read.epoch());
        Path place = read.epoch() == first ? camera : camera.resolve("epoch-" + epoch);
        String name = String.format(Locale.ROOT, "%06d", read.sequence());
        if (isTaken(place, name, read)) {
            name += "-" + read.captureTimeNanos();
        }
        Files.createDirectories(place);
        ResultFiles.writeDepth(place, name, read.result());
        ResultFiles.writeCloud(place, name, read.result());
        ResultFiles.writeGlb(place, name, read.glb());
        WholeFile.write(place.resolve(name + ".json"), description(read));
        written++;
    }

    private static boolean isTaken(Path place, String name, ReadResult read) throws IOException {
        Path file = place.resolve(name + ".json");
        return Files.exists(file)
                && JSON.readTree(Files.readAllBytes(file)).path("capture_time_ns").asLong()
                        != read.captureTimeNanos();
    }

    private static void describe(FrameScale scale, ObjectNode node) {
        node.put("range_lo", scale.lo());
        node.put("range_hi", scale.hi());
        node.put("scale", scale.scale());
        node.put("shift", scale.shift());
        if (scale.reset() != null) {
            node.put("reset_reason", scale.reset().name());
        }
        if (scale.residual() != null) {
            node.put("known_points_residual", scale.residual());
        }
    }

    private static byte[] description(ReadResult read) throws IOException {
        DepthEstimationResult result = read.result();
        ObjectNode node = JSON.createObjectNode();
        node.put("camera_id", read.cameraId());
        node.put("epoch", Integer.toUnsignedLong(read.epoch()));
        node.put("sequence", read.sequence());
        node.put("capture_time", Instant.ofEpochSecond(0, read.captureTimeNanos()).toString());
        node.put("capture_time_ns", read.captureTimeNanos());
        node.put("capture_time_source", String.valueOf(read.captureTimeSource()));
        node.put("width", result.width());
        node.put("height", result.height());
        node.put("picture_width", result.pictureSize().width());
        node.put("picture_height", result.pictureSize().height());
        node.put("min_depth", result.minDepth());
        node.put("max_depth", result.maxDepth());
        node.put("metric", result.metric());
        node.put("metric_basis", String.valueOf(result.metricBasis()));
        node.put("depth_mapping", String.valueOf(result.depthMapping()));
        if (result.depthToMetres() != null) {
            ResultFiles.describe(result.depthToMetres(), node.putObject("depth_to_metres"));
        }
        node.put("axes", String.valueOf(result.axes()));
        node.put("backend_used", result.backendUsed());
        node.put("points", result.pointCloud() == null ? 0 : result.pointCloud().count());
        if (read.compressedCloud() != null) {
            node.put("position_step", read.compressedCloud().positionStep());
        }
        node.put("edge_points", result.edgePoints());
        if (result.scale() != null) {
            describe(result.scale(), node.putObject("scale"));
        }
        ObjectNode intrinsics = node.putObject("intrinsics");
        intrinsics.put("fx", result.intrinsics().fx());
        intrinsics.put("fy", result.intrinsics().fy());
        intrinsics.put("cx", result.intrinsics().cx());
        intrinsics.put("cy", result.intrinsics().cy());
        intrinsics.put("source", String.valueOf(read.intrinsicsSource()));
        read.degradations()
                .forEach(degradation -> node.withArray("degradations").add(degradation.name()));
        ObjectNode provenance = node.putObject("provenance");
        provenance.put("topic", read.provenance().topic());
        provenance.put("partition", read.provenance().partition());
        provenance.put("offset", read.provenance().offset());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    }
}
