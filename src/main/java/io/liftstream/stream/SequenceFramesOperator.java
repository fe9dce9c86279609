package io.liftstream.stream;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.SequencedFrame;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Runs {@link SequenceFrames} and tells it when the input has ended, for every camera.
 *
 * <p>A function alone learns of the end only through the watermark that Flink sends last. That one
 * may come early: when one source has finished and another is marked idle, the idle one does not
 * hold it back. The end that an operator is told of comes once, after the last frame.
 */
public final class SequenceFramesOperator
        extends KeyedProcessOperator<String, CameraFrame, SequencedFrame>
        implements BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /**
     * @param options checked already
     */
    public SequenceFramesOperator(SequencingSettings options) {
        super(new SequenceFrames(options));
    }

    /** Frames that a restored state holds are counted before the first frame comes. */
    @Override
    public void open() throws Exception {
        super.open();
        SequenceFrames function = (SequenceFrames) userFunction;
        forEachCamera(function::restored);
    }

    @Override
    public void endInput() throws Exception {
        SequenceFrames function = (SequenceFrames) userFunction;
        TimestampedCollector<SequencedFrame> released = new TimestampedCollector<>(output);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        forEachCamera(() -> function.endInput(now, released));
    }

    private void forEachCamera(ThrowingRunnable<Exception> deed) throws Exception {
        this.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        SequenceFrames.sequenceState(),
                        (camera, state) -> deed.run());
    }
}
