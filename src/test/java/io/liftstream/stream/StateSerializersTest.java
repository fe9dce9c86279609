package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import java.io.IOException;
import java.util.HexFormat;
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
            new CameraFrame("gate", 0x0102030405060708L, 9, new byte[] {-1, 2}, provenance());
    private static final String FRAME_BYTES =
            "01 000467617465 0102030405060708 0000000000000009 00000002 ff02"
                    + " 00016600000003 0000000000000004 0000000000000005";
    private static final String POSITION_BYTES = "00000002 0102030405060708 0000000000000009";
    private static final String SEQUENCE_BYTES =
            "01 00000003 000000000000001e 0000000000000006" // version, epoch, newest
                    + " 01 0000000000000014 0000000000000005" // flushed through
                    + " 00000001 000000000000001e 0000000000000006 00000007" // pending
                    + " 00000002 000000000000000a 0000000000000004 00000008" // released
                    + " 0000000000000014 0000000000000005 00000009"
                    + " 0000000000000100 0000000000000200"; // last accepted, timer

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
        assertThat(read.pendingBytes()).isEqualTo(7);
    }

    @Test
    void aCopiedCameraSequenceGoesItsOwnWay() throws IOException {
        CameraSequence original = sequence();
        CameraSequence copy = CameraSequenceSerializer.INSTANCE.copy(original);
        assertThat(written(CameraSequenceSerializer.INSTANCE, copy))
                .isEqualTo(bytes(SEQUENCE_BYTES));

        copy.add(40, 7, 1);
        copy.releaseFirst();
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
    }

    @Test
    void aVersionFromTheFutureIsRefusedByItsNumber() {
        assertThatThrownBy(() -> read(CameraFrameSerializer.INSTANCE, "02"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("reads version 1");
        assertThatThrownBy(() -> read(CameraSequenceSerializer.INSTANCE, "07"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("reads version 1");
    }

    @Test
    void everySerializerIsFoundAgainThroughItsSnapshot() throws IOException {
        assertRestored(CameraFrameSerializer.INSTANCE);
        assertRestored(FramePositionSerializer.INSTANCE);
        assertRestored(CameraSequenceSerializer.INSTANCE);
    }

    @Test
    void framesTravelInTheirOwnFormat() {
        assertThat(CameraFrameTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl()))
                .isSameAs(CameraFrameSerializer.INSTANCE);
        assertThat(RejectMalformed.withoutClockGuard().getProducedType())
                .isEqualTo(CameraFrameTypeInfo.INSTANCE);
    }

    private static Provenance provenance() {
        return new Provenance("f", 3, 4, 5);
    }

    private static CameraSequence sequence() {
        SortedPositions pending = new SortedPositions();
        pending.add(30, 6, 7);
        SortedPositions released = new SortedPositions();
        released.add(10, 4, 8);
        released.add(20, 5, 9);
        FramePosition newest = new FramePosition(3, 30, 6);
        FramePosition flushedThrough = new FramePosition(3, 20, 5);
        CameraSequence sequence = new CameraSequence(3, newest, flushedThrough, pending, released);
        sequence.lastAcceptedMillis(0x100);
        sequence.timerMillis(0x200);
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
