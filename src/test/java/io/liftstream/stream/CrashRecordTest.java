package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies is one whose record is begun anew without having ended. */
class CrashRecordTest {
    private static final String NAME = "liftstream-lifted-job-0";

    @TempDir Path folder;

    @Test
    void aSubtaskThatEndsInOrderLeavesNothingAndBeginsWithoutCaution() {
        CrashRecord record = begin();
        assertThat(record.isCautious()).isFalse();
        assertThat(folder.resolve(NAME)).exists();
        record.lifting(frames(7));
        record.end();
        assertThat(folder).isEmptyDirectory();
        assertThat(begin().isCautious()).isFalse();
    }

    @Test
    void aFrameOfWhichTwoCautiousProcessesDiedIsPoison() {
        begin();
        for (int death = 0; death < SuspectFrames.MAX_DEATHS; death++) {
            CrashRecord record = begin();
            assertThat(record.isCautious()).isTrue();
            assertThat(record.isPoison(place(7))).isFalse();
            record.lifting(frames(6));
            record.lifting(frames(7));
        }
        assertThat(begin().isPoison(place(7))).isTrue();
        assertThat(begin().isPoison(place(6))).isFalse();
    }

    @Test
    void oneThatIsKnownStaysPoisonWhileAnotherIsFoundOut() {
        begin();
        for (int poison : new int[] {7, 7, 9, 9}) {
            begin().lifting(frames(poison));
        }
        CrashRecord record = begin();
        assertThat(record.isPoison(place(7))).isTrue();
        assertThat(record.isPoison(place(9))).isTrue();
        record.end();
        assertThat(begin().isPoison(place(7))).as("its frames come again").isTrue();
    }

    @Test
    void allFramesOfABatchThatIsLiftedAreSuspects() {
        begin();
        begin().lifting(frames(7, 8));
        begin().lifting(frames(7, 8));
        assertThat(begin().isPoison(place(8))).isTrue();
    }

    @Test
    void whatWasLiftedBeforeABarrierIsNoSuspect() {
        begin();
        for (int death = 0; death < SuspectFrames.MAX_DEATHS; death++) {
            CrashRecord record = begin();
            record.lifting(frames(7));
            record.barrier();
        }
        assertThat(begin().isPoison(place(7))).isFalse();
    }

    @Test
    void anOrderlyEndBeforeTheFrameAtFaultIsReachedEndsNoCaution() {
        begin();
        begin().end();
        assertThat(begin().isCautious()).isTrue();
    }

    @Test
    void twoCheckpointsEndTheCautionAndWhatIsKnownOfFrames() {
        begin();
        begin().lifting(frames(7));
        begin().lifting(frames(7));
        CrashRecord record = begin();
        record.checkpointComplete();
        assertThat(record.isCautious()).isTrue();
        record.checkpointComplete();
        assertThat(record.isCautious()).isFalse();
        assertThat(begin().isPoison(place(7))).isFalse();
    }

    @Test
    void aRecordThatWasCutShortSaysOnlyThatTheProcessDied() throws Exception {
        Files.writeString(folder.resolve(NAME), "2 frames/0/7;\n2 frames/0/8");
        CrashRecord record = begin();
        assertThat(record.isCautious()).isTrue();
        assertThat(record.isPoison(place(7))).isTrue();
        assertThat(record.isPoison(place(8))).isFalse();
    }

    @Test
    void aFolderThatCannotBeWrittenFailsNoTask() throws Exception {
        Path file = Files.createFile(folder.resolve("no-folder"));
        CrashRecord record = CrashRecord.begin(file.toUri().toString(), NAME);
        record.lifting(frames(7));
        record.end();
        assertThat(record.isPoison(place(7))).isFalse();
        CrashRecord.begin(null, NAME).end();
    }

    private CrashRecord begin() {
        return CrashRecord.begin(folder.toUri().toString(), NAME);
    }

    private static FrameBatch frames(int... offsets) {
        return new FrameBatch(
                IntStream.of(offsets)
                        .mapToObj(
                                offset ->
                                        new SequencedFrame(
                                                0,
                                                new CameraFrame(
                                                        "gate",
                                                        offset,
                                                        offset,
                                                        new byte[1],
                                                        place(offset))))
                        .toList());
    }

    private static Provenance place(int offset) {
        return new Provenance("frames", 0, offset, 0);
    }
}
