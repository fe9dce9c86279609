package io.liftstream.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.liftstream.input.InputFormat;
import io.liftstream.input.InputFraming;
import org.apache.flink.configuration.ConfigOption;

/** Options of what lies on the frames topic; see {@link LiftstreamOptions}. */
public final class InputOptions {

    /** What the values of the frames topic are. */
    public static final ConfigOption<InputFormat> INPUT_FORMAT =
            key("input.format")
                    .enumType(InputFormat.class)
                    .defaultValue(InputFormat.LIFTSTREAM)
                    .withDescription(
                            "Format of the values on the frames topic: liftstream (CameraFrame), image (a JPEG, PNG,"
                                    + " WebP, BMP, TIFF or GIF file), json (objects with an image as base64), or foxglove"
                                    + " (protobuf CompressedImage and RawImage). A record in another format is MALFORMED, and"
                                    + " the rejection names the format it looks like.");

    /** What stands before the values. */
    public static final ConfigOption<InputFraming> INPUT_FRAMING =
            key("input.framing")
                    .enumType(InputFraming.class)
                    .defaultValue(InputFraming.NONE)
                    .withDescription(
                            "none, or confluent (a zero byte, a schema's id and, before protobuf, the message's"
                                    + " index). The registry is not contacted.");

    /** Where the camera is found. */
    public static final ConfigOption<String> INPUT_CAMERA =
            key("input.camera")
                    .stringType()
                    .defaultValue("key")
                    .withDescription(
                            "Location of the camera id, unless input.format is liftstream: key, header:NAME,"
                                    + " field:/pointer (json), field:frame_id (foxglove) or id:CAMERA (all records are from one"
                                    + " camera). All records of a camera must be in one partition to keep their order.");

    /** Where the capture time is found. */
    public static final ConfigOption<String> INPUT_TIME =
            key("input.time")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Location of the capture time, unless input.format is liftstream: record (the record's"
                                    + " timestamp), header:NAME, field:/pointer (json) or field:timestamp (foxglove); RFC 3339,"
                                    + " or a number of seconds, milliseconds, microseconds or nanoseconds since 1970,"
                                    + " recognised by its magnitude. Default: record (image), field:/time (json),"
                                    + " field:timestamp (foxglove). Results record it in capture_time_source.");

    /** Where the image of a JSON object is found. */
    public static final ConfigOption<String> INPUT_IMAGE =
            key("input.image")
                    .stringType()
                    .defaultValue("/image")
                    .withDescription(
                            "JSON pointer of the image in the objects of input.format json: base64 text or a data: URL.");

    private InputOptions() {}
}
