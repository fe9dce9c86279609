package io.liftstream.stream;

import io.liftstream.frame.FrameBatch;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.SequencedFrame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file beside the checkpoints by which a subtask finds out which frame killed its process. State
 * cannot tell: it is restored as it was before the frame came.
 *
 * <p>The file is there while the subtask runs. Where it is found at the start, the process died.
 * Then, and only then, until two checkpoints are complete, the frames are lifted one by one and
 * each is written down before: so frames cost nothing here unless something died. A folder that
 * cannot be written fails no task; checkpoints tell of it.
 */
final class CrashRecord {
    private static final Logger LOG = LoggerFactory.getLogger(CrashRecord.class);

    /** The barrier of the second comes after all frames before the first was complete. */
    private static final int CHECKPOINTS = 2;

    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private SuspectFrames suspects = new SuspectFrames();
    private boolean cautious;
    private boolean listed;
    private int checkpoints;

    private CrashRecord(Path file) {
        this.file = file;
    }

    /**
     * Begins the record of a subtask.
     *
     * @param folder a URI that all task managers reach; null for no record
     * @param name of job and subtask, the same after a restart
     */
    static CrashRecord begin(String folder, String name) {
        CrashRecord record = new CrashRecord(folder == null ? null : new Path(folder, name));
        record.readAndMark();
        return record;
    }

    private void readAndMark() {
        if (file == null) {
            return;
        }
        try {
            FileSystem files = file.getFileSystem();
            cautious = files.exists(file);
            if (cautious) {
                try (FSDataInputStream in = files.open(file)) {
                    suspects =
                            SuspectFrames.parse(
                                    new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
                }
                LOG.warn(
                        "The process of this subtask died: until {} checkpoints are complete its"
                                + " frames are lifted one by one, to find one that is at fault",
                        CHECKPOINTS);
            } else {
                write(List.of());
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be used: a frame that kills its process is not found out", file, e);
        }
    }

    /** Whether frames are to be lifted one by one, after {@link #lifting} was called for each. */
    boolean isCautious() {
        return cautious;
    }

    /** Whether processes died of this frame. */
    boolean isPoison(Provenance frame) {
        return suspects.isPoison(frame);
    }

    /** These are lifted from now on, and those before are not any more. */
    void lifting(FrameBatch frames) {
        if (cautious) {
            listed = true;
            writeOrWarn(
                    frames.frames().stream()
                            .map(SequencedFrame::frame)
                            .map(frame -> frame.provenance())
                            .filter(frame -> !isPoison(frame))
                            .toList());
        }
    }

    /** A checkpoint's barrier came: all that was lifted before it is done, here and behind. */
    void barrier() {
        if (listed) {
            listed = false;
            writeOrWarn(List.of());
        }
    }

    void checkpointComplete() {
        checkpoints++;
        if (cautious && checkpoints >= CHECKPOINTS) {
            cautious = false;
            listed = false;
            suspects = new SuspectFrames();
            writeOrWarn(List.of());
        }
    }

    /**
     * The subtask ends in order. What is known of frames is kept for those that come again, and so
     * is the caution: the one at fault may not have been reached.
     */
    void end() {
        if (file == null) {
            return;
        }
        if (cautious || !suspects.isEmpty()) {
            writeOrWarn(List.of());
            return;
        }
        try {
            file.getFileSystem().delete(file, false);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted", file, e);
        }
    }

    private void writeOrWarn(List<Provenance> lifted) {
        try {
            write(lifted);
        } catch (IOException e) {
            LOG.warn("{} cannot be written", file, e);
        }
    }

    private void write(List<Provenance> lifted) throws IOException {
        try (FSDataOutputStream out =
                file.getFileSystem().create(file, FileSystem.WriteMode.OVERWRITE)) {
            out.write(suspects.textWith(lifted).getBytes(StandardCharsets.UTF_8));
        }
    }
}
