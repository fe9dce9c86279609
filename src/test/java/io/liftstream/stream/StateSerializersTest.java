package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.calibration.CalibrationOrder;
import io.liftstream.lifting.scale.CameraScale;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** The bytes of our state never change unnoticed: savepoints of fleets are made of them. */
class StateSerializersTest {
    private static final CameraFrame FRAME =
            new CameraFrame(
                    "gate",
                    0x0102030405060708L,
                    9,
                    false,
                    "boot-7",
                    new byte[] {-1, 2},
                    new Provenance("f", 3, 4, 5, true));
    private static final String FRAME_BYTES =
            "02 000467617465 0102030405060708 0000000000000009 06 0006626f6f742d37 00000002 ff02"
                    + " 00016600000003 0000000000000004 0000000000000005";
    private static final String FIRST_FRAME_BYTES =
            "01 000467617465 0102030405060708 0000000000000009 00000002 ff02"
                    + " 00016600000003 0000000000000004 0000000000000005";
    private static final String POSITION_BYTES = "00000002 0102030405060708 0000000000000009";
    private static final String SEQUENCE_BYTES =
            "02 00000003 000000000000001e 0000000000000006 0f" // version, epoch, newest, flags
                    + " 000000000000000a 0000000000000004" // last released
                    + " 0000000000000014 0000000000000005" // flushed through
                    + " 04 0000000000000003 0000000000000002" // run of late frames
                    + " 0006626f6f742d37 01 0006626f6f742d36" // streams
                    + " 01 00000008" // trust, partition
                    + " 00000002 0000000000000014 0000000000000005 00000009 0000000000000050"
                    + " 000000000000001e 0000000000000006 00000007 0000000000000060"
                    + " 00000002 00000001 ffffffff" // seen
                    + " 0000000000000100 0000000000000200"; // last accepted, timer

    private static final String FIRST_SEQUENCE_BYTES =
            "01 00000003 000000000000001e 0000000000000006" // version, epoch, newest
                    + " 01 0000000000000014 0000000000000005" // flushed through
                    + " 00000001 000000000000001e 0000000000000006 00000007" // pending
                    + " 00000002 000000000000000a 0000000000000004 00000008" // released
                    + " 0000000000000014 0000000000000005 00000009"
                    + " 0000000000000100 0000000000000200"; // last accepted, timer

    private static final String SCALE_BYTES =
            "01 00036d4031 00000002 00000003 00000004 0102030405060708" // version, model to time
                    + " 3fe0000000000000 4000000000000000 3ff8000000000000 bfd0000000000000"
                    + " 00000002 3f800000 c0000000 00ff 7f80" // reference, luma, agreement
                    + " 00000009 00000001 3fc0000000000000"; // survey

    private static final String MARK_BYTES = "01 0102030405060708 00026162 00000003";

    @Test
    void aCalibrationMarkIsWrittenAsItsFormatSays() throws IOException {
        CalibrationOrder.Mark mark = new CalibrationOrder.Mark(0x0102030405060708L, "ab", 3);
        assertThat(written(CalibrationMarkSerializer.INSTANCE, mark)).isEqualTo(bytes(MARK_BYTES));
        assertThat(read(CalibrationMarkSerializer.INSTANCE, MARK_BYTES)).isEqualTo(mark);
    }

    @Test
    void aFrameRemembersWhereItsTimeWasFound() throws IOException {
        for (CaptureTimeSource source : CaptureTimeSource.values()) {
            CameraFrame frame =
                    new CameraFrame("g", 1, 2, true, null, new byte[1], FRAME.provenance(), source);
            CameraFrame copy =
                    CameraFrameSerializer.INSTANCE.deserialize(
                            new DataInputDeserializer(
                                    written(CameraFrameSerializer.INSTANCE, frame)));
            assertThat(copy).usingRecursiveComparison().isEqualTo(frame);
        }
    }

    @Test
    void aFrameIsWrittenAsItsFormatSays() throws IOException {
        assertThat(written(CameraFrameSerializer.INSTANCE, FRAME)).isEqualTo(bytes(FRAME_BYTES));

        CameraFrame read = read(CameraFrameSerializer.INSTANCE, FRAME_BYTES);
        assertThat(read).usingRecursiveComparison().isEqualTo(FRAME);
    }

    @Test
    void aPositionIsWrittenAsItsFormatSays() throws IOException {
        FramePosition position = new FramePosition(2, 0x0102030405060708L, 9);

        assertThat(written(FramePositionSerializer.INSTANCE, position))
                .isEqualTo(bytes(POSITION_BYTES))
                .hasSize(FramePositionSerializer.INSTANCE.getLength());
        assertThat(read(FramePositionSerializer.INSTANCE, POSITION_BYTES)).isEqualTo(position);
    }

    @Test
    void aCameraSequenceIsWrittenAsItsFormatSays() throws IOException {
        assertThat(written(CameraSequenceSerializer.INSTANCE, sequence()))
                .isEqualTo(bytes(SEQUENCE_BYTES));

        CameraSequence read = read(CameraSequenceSerializer.INSTANCE, SEQUENCE_BYTES);
        assertThat(written(CameraSequenceSerializer.INSTANCE, read))
                .isEqualTo(bytes(SEQUENCE_BYTES));
        assertThat(read.heldFrames()).isEqualTo(1);
        assertThat(read.heldBytes()).isEqualTo(7);
    }

    @Test
    void aFrameOfTheFirstVersionIsCountedAndStampedByTheBroker() throws IOException {
        CameraFrame read = read(CameraFrameSerializer.INSTANCE, FIRST_FRAME_BYTES);

        assertThat(read.sequence()).isEqualTo(9);
        assertThat(read.counted()).isTrue();
        assertThat(read.streamId()).isNull();
        assertThat(read.payload()).isEqualTo(FRAME.payload());
        assertThat(read.provenance()).isEqualTo(new Provenance("f", 3, 4, 5, true));
    }

    @Test
    void aCameraSequenceOfTheFirstVersionKeepsThePlacesOfFlushedFrames() throws IOException {
        CameraSequence read = read(CameraSequenceSerializer.INSTANCE, FIRST_SEQUENCE_BYTES);

        assertThat(read.epoch()).isEqualTo(3);
        assertThat(read.newest()).isEqualTo(new FramePosition(3, 30, 6));
        assertThat(read.flushedThrough()).isEqualTo(new FramePosition(3, 20, 5));
        assertThat(read.lastReleased()).isNull();
        assertThat(read.pending().size()).isEqualTo(3);
        assertThat(read.heldFrames()).isEqualTo(1);
        assertThat(read.heldBytes()).isEqualTo(7);
        assertThat(read.oldestArrivalMillis()).isEqualTo(0x100);
        assertThat(read.seen().contains(SeenPositions.fingerprint(10, 4))).isTrue();
        assertThat(read.marks().timerMillis()).isEqualTo(0x200);
    }

    @Test
    void aCameraScaleIsWrittenAsItsFormatSays() throws IOException {
        assertThat(written(CameraScaleSerializer.INSTANCE, scale())).isEqualTo(bytes(SCALE_BYTES));

        CameraScale read = read(CameraScaleSerializer.INSTANCE, SCALE_BYTES);
        assertThat(read).usingRecursiveComparison().isEqualTo(scale());
    }

    @Test
    void aCopiedCameraSequenceGoesItsOwnWay() throws IOException {
        CameraSequence original = sequence();
        CameraSequence copy = CameraSequenceSerializer.INSTANCE.copy(original);
        assertThat(written(CameraSequenceSerializer.INSTANCE, copy))
                .isEqualTo(bytes(SEQUENCE_BYTES));

        copy.add(FRAME, 1);
        copy.flushFirst();
        copy.lateRun().end();
        copy.marks().partition(9);
        assertThat(written(CameraSequenceSerializer.INSTANCE, original))
                .isEqualTo(bytes(SEQUENCE_BYTES));
    }

    @Test
    void aCopiedFrameIsTheSameObject() {
        assertThat(CameraFrameSerializer.INSTANCE.copy(FRAME)).isSameAs(FRAME);
        assertThat(CameraFrameSerializer.INSTANCE.copy(FRAME, null)).isSameAs(FRAME);
    }

    @Test
    void bytesAreCopiedFromStreamToStreamUnchanged() throws IOException {
        assertCopiedUnchanged(CameraFrameSerializer.INSTANCE, FRAME_BYTES);
        assertCopiedUnchanged(FramePositionSerializer.INSTANCE, POSITION_BYTES);
        assertCopiedUnchanged(CameraSequenceSerializer.INSTANCE, SEQUENCE_BYTES);
        assertCopiedUnchanged(CameraScaleSerializer.INSTANCE, SCALE_BYTES);
        assertCopiedUnchanged(CalibrationMarkSerializer.INSTANCE, MARK_BYTES);
    }

    @Test
    void aVersionFromTheFutureIsRefusedByItsNumber() {
        assertThatThrownBy(() -> read(CameraFrameSerializer.INSTANCE, "03"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 3")
                .hasMessageContaining("reads versions 1 and 2");
        assertThatThrownBy(() -> read(CameraSequenceSerializer.INSTANCE, "07"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("reads versions 1 and 2");
        assertThatThrownBy(() -> read(CameraScaleSerializer.INSTANCE, "02"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("reads version 1");
        assertThatThrownBy(() -> read(CalibrationMarkSerializer.INSTANCE, "02"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("reads version 1");
    }

    @Test
    void everySerializerIsFoundAgainThroughItsSnapshot() throws IOException {
        assertRestored(CameraFrameSerializer.INSTANCE);
        assertRestored(FramePositionSerializer.INSTANCE);
        assertRestored(CameraSequenceSerializer.INSTANCE);
        assertRestored(CameraScaleSerializer.INSTANCE);
        assertRestored(CalibrationMarkSerializer.INSTANCE);
    }

    @Test
    void framesTravelInTheirOwnFormat() {
        assertThat(CameraFrameTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()))
                .isSameAs(CameraFrameSerializer.INSTANCE);
        assertThat(new RejectMalformed(0, 100, 0).getProducedType())
                .isEqualTo(CameraFrameTypeInfo.INSTANCE);
    }

    private static CameraScale scale() {
        return new CameraScale(
                "m@1",
                2,
                3,
                4,
                0x0102030405060708L,
                0.5,
                2,
                1.5,
                -0.25,
                new float[] {1, -2},
                new byte[] {0, -1},
                new byte[] {127, -128},
                9,
                new double[] {0.125});
    }

    private static CameraSequence sequence() {
        SortedPositions pending = new SortedPositions();
        pending.add(20, 5, 9, 0x50);
        pending.add(30, 6, 7, 0x60);
        CameraMarks marks = new CameraMarks();
        marks.partition(8);
        marks.lastAcceptedMillis(0x100);
        marks.timerMillis(0x200);
        CameraSequence sequence =
                new CameraSequence(
                        pending,
                        new SeenPositions(new int[] {1, -1}),
                        new LateRun(4, new FramePosition(3, 3, 2)),
                        marks);
        sequence.restore(
                new CameraStreams("boot-7", List.of("boot-6")),
                CameraSequence.Trust.USED,
                3,
                new FramePosition(3, 30, 6),
                new FramePosition(3, 10, 4),
                new FramePosition(3, 20, 5));
        return sequence;
    }

    private static <T> byte[] written(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        serializer.serialize(value, target);
        return target.getCopyOfBuffer();
    }

    private static <T> T read(TypeSerializer<T> serializer, String hex) throws IOException {
        DataInputDeserializer source = new DataInputDeserializer(bytes(hex));
        T value = serializer.deserialize(source);
        assertThat(source.available()).isZero();
        return value;
    }

    private static void assertCopiedUnchanged(TypeSerializer<?> serializer, String hex)
            throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(bytes(hex)), target);
        assertThat(target.getCopyOfBuffer()).isEqualTo(bytes(hex));
    }

    private static <T> void assertRestored(TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                target, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<T> snapshot =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(target.getCopyOfBuffer()),
                        StateSerializersTest.class.getClassLoader());

        assertThat(snapshot.restoreSerializer()).isSameAs(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
