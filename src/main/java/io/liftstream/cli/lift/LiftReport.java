package io.liftstream.cli.lift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.cli.console.ResultFiles;
import io.liftstream.frame.DepthMapping;
import io.liftstream.lifting.DepthEstimationResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of one lifted image: a line of JSON for programs, remarks for the user. */
final class LiftReport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS_PER_MILLI = 1e6;

    /** Nobody's room is so deep: such distances are millimetres. */
    private static final float HARDLY_METRES = 200;

    private final Path image;
    private final Path depthFile;
    private final DepthEstimationResult result;
    private final PixelCounts pixels;

    /** The depth file is null where a network estimated the depth. */
    LiftReport(Path image, Path depthFile, DepthEstimationResult result) {
        this.image = image;
        this.depthFile = depthFile;
        this.result = result;
        this.pixels = result.pointCloud() == null ? null : PixelCounts.of(result);
    }

    /**
     * The line, with what was done with EXIF's orientation, the files that were written, and how
     * long each stage took, nanoseconds.
     */
    String json(
            String orientation,
            String intrinsicsSource,
            List<Path> written,
            long decode,
            long estimate,
            long write)
            throws JsonProcessingException {
        ObjectNode line = JSON.createObjectNode();
        line.put("input", image.toString());
        if (depthFile != null) {
            line.put("depth", depthFile.toString());
        }
        line.put("width", result.width());
        line.put("height", result.height());
        line.put("orientation", orientation);
        line.put("min_depth", result.minDepth());
        line.put("max_depth", result.maxDepth());
        line.put("metric", result.metric());
        line.put("metric_basis", result.metricBasis().name());
        line.put("depth_mapping", result.depthMapping().name());
        ResultFiles.describe(result.depthToMetres(), line.putObject("depth_to_metres"));
        line.put("axes", result.axes().name());
        ObjectNode intrinsics = line.putObject("intrinsics");
        intrinsics.put("fx", result.intrinsics().fx());
        intrinsics.put("fy", result.intrinsics().fy());
        intrinsics.put("cx", result.intrinsics().cx());
        intrinsics.put("cy", result.intrinsics().cy());
        intrinsics.put("source", intrinsicsSource);
        line.put("backend_used", result.backendIdentity());
        putPoints(line);
        line.put("triangles", result.mesh() == null ? 0 : result.mesh().triangleCount());
        ArrayNode files = line.putArray("files");
        written.forEach(file -> files.add(file.toString()));
        ObjectNode stages = line.putObject("milliseconds");
        stages.put("decode", decode / NANOS_PER_MILLI);
        stages.put("estimate", estimate / NANOS_PER_MILLI);
        stages.put("write", write / NANOS_PER_MILLI);
        return JSON.writeValueAsString(line);
    }

    private void putPoints(ObjectNode line) {
        line.put("points", pixels == null ? 0 : pixels.points());
        if (pixels != null) {
            ObjectNode dropped = line.putObject("dropped");
            dropped.put("holes", pixels.holes());
            dropped.put("range", pixels.outOfRange());
            dropped.put("edges", result.edgePoints());
            line.put("saturated_pixels", result.saturatedPixels());
        }
    }

    /** What the user would otherwise find out by looking at an odd cloud, a line each. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (pixels == null) {
            return remarks;
        }
        if (pixels.holes() == result.depthMap().length) {
            remarks.add(image + ": the cloud is empty, no pixel has a measurement");
        } else if (result.minDepth() == result.maxDepth() && pixels.points() == 0) {
            remarks.add(
                    image + ": the cloud is empty, all pixels have the depth " + result.minDepth());
        } else if (pixels.areMostlyOutOfRange()) {
            remarks.add(outOfRange());
        }
        if (result.saturatedPixels() > 0) {
            remarks.add(
                    image
                            + ": LINEAR clips "
                            + result.saturatedPixels()
                            + " pixels at 65535 / depth-scale: lower --depth-scale or"
                            + " --depth-trunc");
        }
        return remarks;
    }

    private String outOfRange() {
        String said =
                String.format(
                        Locale.ROOT,
                        "%s: %d of %d measured pixels are out of range and have no point",
                        image,
                        pixels.outOfRange(),
                        pixels.outOfRange() + pixels.points());
        if (result.depthMapping() != DepthMapping.METRIC) {
            return said + ": raise --depth-trunc above --far";
        }
        if (depthFile == null) {
            return said + ": raise --depth-trunc";
        }
        // The unit of supplied depth is the metre; a model's output may have another.
        said += String.format(Locale.ROOT, ": they reach to %.4g m, ", result.maxDepth());
        return result.maxDepth() > HARDLY_METRES
                ? said + "so if " + depthFile + " counts millimetres, divide by 1000"
                : said + "raise --depth-trunc";
    }
}
