package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.liftstream.proto.v1.CompressedPointCloud;
import io.liftstream.proto.v1.DepthEstimationResult;
import io.liftstream.proto.v1.PackedElementField;
import io.liftstream.proto.v1.PackedElementField.NumericType;
import io.liftstream.proto.v1.PointCloud;
import io.liftstream.proto.v1.Pose;
import io.liftstream.proto.v1.Quaternion;
import io.liftstream.proto.v1.Vector3;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Our cloud can be read as Foxglove's: the same numbers and types, the same meaning of the bytes.
 */
class FoxglovePointCloudTest {

    @Test
    void theFieldsHaveFoxglovesNumbersAndTypes() {
        assertThat(fields(PointCloud.getDescriptor()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                1, "timestamp google.protobuf.Timestamp",
                                2, "frame_id STRING",
                                3, "pose liftstream.v1.Pose",
                                4, "point_stride FIXED32",
                                5, "fields liftstream.v1.PackedElementField",
                                6, "data BYTES"));
        assertThat(fields(PackedElementField.getDescriptor()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                1, "name STRING",
                                2, "offset FIXED32",
                                3, "type liftstream.v1.PackedElementField.NumericType"));
        assertThat(fields(Pose.getDescriptor()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                1, "position liftstream.v1.Vector3",
                                2, "orientation liftstream.v1.Quaternion"));
        assertThat(fields(Vector3.getDescriptor()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(1, "x DOUBLE", 2, "y DOUBLE", 3, "z DOUBLE"));
        assertThat(fields(Quaternion.getDescriptor()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(1, "x DOUBLE", 2, "y DOUBLE", 3, "z DOUBLE", 4, "w DOUBLE"));
    }

    @Test
    void theCompressedCloudsFieldsHaveFoxglovesNumbersAndOursLieFarAbove() {
        assertThat(fields(CompressedPointCloud.getDescriptor()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                1, "timestamp google.protobuf.Timestamp",
                                2, "frame_id STRING",
                                3, "pose liftstream.v1.Pose",
                                4, "data BYTES",
                                5, "format STRING",
                                100, "points UINT32",
                                101, "position_step DOUBLE"));
    }

    @Test
    void theNumericTypesHaveFoxglovesNumbers() {
        assertThat(NumericType.getDescriptor().getValues())
                .extracting(value -> value.getNumber() + " " + value.getName())
                .containsExactly(
                        "0 UNKNOWN",
                        "1 UINT8",
                        "2 INT8",
                        "3 UINT16",
                        "4 INT16",
                        "5 UINT32",
                        "6 INT32",
                        "7 FLOAT32",
                        "8 FLOAT64");
    }

    @Test
    void theMessageSaysWhereEachPartOfAPointLies() throws Exception {
        Lifted lifted = Lifted.small();

        PointCloud cloud =
                DepthEstimationResult.parseFrom(
                                lifted.encode(
                                                new ResultFormat(
                                                        DepthMapFormat.FLOAT32,
                                                        DepthImageFormat.PNG,
                                                        DistanceFormat.NONE,
                                                        1 << 20))
                                        .value())
                        .getPointCloud();

        assertThat(cloud.getFrameId()).isEqualTo("gate");
        assertThat(cloud.getTimestamp().getSeconds()).isEqualTo(1_700_000_000L);
        assertThat(cloud.getTimestamp().getNanos()).isEqualTo(123_456_789);
        assertThat(cloud.getPose().getOrientation().getW()).isEqualTo(1);
        assertThat(cloud.getPointStride()).isEqualTo(16);
        assertThat(cloud.getFieldsList())
                .extracting(f -> f.getName() + " " + f.getOffset() + " " + f.getType())
                .containsExactly(
                        "x 0 FLOAT32",
                        "y 4 FLOAT32",
                        "z 8 FLOAT32",
                        "red 12 UINT8",
                        "green 13 UINT8",
                        "blue 14 UINT8",
                        "alpha 15 UINT8");
        assertThat(cloud.getData().toByteArray()).isEqualTo(lifted.result().pointCloud().data());
    }

    private static Map<Integer, String> fields(Descriptor message) {
        Map<Integer, String> fields = new TreeMap<>();
        for (FieldDescriptor field : message.getFields()) {
            fields.put(field.getNumber(), field.getName() + " " + typeOf(field));
        }
        return fields;
    }

    private static String typeOf(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name();
        };
    }
}
