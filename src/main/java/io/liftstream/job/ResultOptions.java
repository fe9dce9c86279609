package io.liftstream.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.liftstream.lifting.ResultSize;
import io.liftstream.wire.CloudFormat;
import io.liftstream.wire.DepthImageFormat;
import io.liftstream.wire.DepthMapFormat;
import io.liftstream.wire.DistanceFormat;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** What results and rejections consist of, and how large they may be. */
public final class ResultOptions {

    /** At which size results come. */
    public static final ConfigOption<ResultSize> RESULT_SIZE =
            key("result.size")
                    .enumType(ResultSize.class)
                    .defaultValue(ResultSize.IMAGE)
                    .withDescription(
                            "image (the network's output is resized to the image) or network (depth, cloud, mesh and"
                                    + " its texture have the network's output size, if that has fewer pixels; intrinsics are"
                                    + " scaled to it).");

    /** The size from which a result is degraded. */
    public static final ConfigOption<MemorySize> RESULT_MAX_BYTES =
            key("result.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(64))
                    .withDescription(
                            "Larger results get a coarser mesh and lose points, then depth precision, then mesh and"
                                    + " cloud; the result lists each step. At most the depth topic's max.message.bytes, less 4"
                                    + " KiB.");

    /** How clouds are written. */
    public static final ConfigOption<CloudFormat> RESULT_CLOUD =
            key("result.cloud")
                    .enumType(CloudFormat.class)
                    .defaultValue(CloudFormat.FLOAT32)
                    .withDescription(
                            "float32 (16 bytes a point), draco (Google's Draco, 3 to 4 bytes a point, in"
                                    + " compressed_point_cloud: coordinates are rounded, by at most 0.5 mm in a cloud of 8 to 16 m"
                                    + " and in proportion in others; colours and order are exact) or auto (draco only where the"
                                    + " result would exceed result.max-bytes, before it loses points). A cloud with a coordinate"
                                    + " that is not finite or beyond 1e30 m stays float32.");

    /** How wide the cubes are for which a cloud has one point. */
    public static final ConfigOption<Double> CLOUD_VOXEL =
            key("cloud.voxel")
                    .doubleType()
                    .defaultValue(0.0)
                    .withDescription(
                            "Metres, 0.001 to 100: clouds have one point for each cube of this edge, at the mean of its points,"
                                    + " with their mean colour; what is near and dense loses the most. Results above"
                                    + " result.max-bytes get cubes of twice, then four times the edge before they lose rows and"
                                    + " columns. 0: all points.");

    /** How depth maps are written. */
    public static final ConfigOption<DepthMapFormat> RESULT_DEPTH_MAP =
            key("result.depth-map")
                    .enumType(DepthMapFormat.class)
                    .defaultValue(DepthMapFormat.FLOAT32)
                    .withDescription(
                            "float32, float16 (float32 where a value exceeds 65504) or none.");

    /** How the distances of pixels are written. */
    public static final ConfigOption<DistanceFormat> RESULT_DEPTH =
            key("result.depth")
                    .enumType(DistanceFormat.class)
                    .defaultValue(DistanceFormat.NONE)
                    .withDescription(
                            "Distance of each pixel, beside the network's raw map: metres (float32), millimetres (uint16) or"
                                    + " none.");

    /** How 16-bit depth images are written. */
    public static final ConfigOption<DepthImageFormat> RESULT_DEPTH_IMAGE =
            key("result.depth-image")
                    .enumType(DepthImageFormat.class)
                    .defaultValue(DepthImageFormat.PNG)
                    .withDescription("Format of depth images: png or raw (little-endian uint16).");

    /** How much of a rejected frame's own bytes travels along. */
    public static final ConfigOption<MemorySize> REJECTED_MAX_ORIGINAL_BYTES =
            key("rejected.max-original-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(1))
                    .withDescription(
                            "Maximum number of a rejected frame's bytes that its rejection contains. With 0, no image"
                                    + " leaves the frames topic.");

    private ResultOptions() {}
}
