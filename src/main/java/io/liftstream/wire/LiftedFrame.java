package io.liftstream.wire;

import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.SequencedFrame;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.PointCloud;
import java.util.function.IntFunction;

/**
 * A frame with what it became.
 *
 * @param frame the frame
 * @param intrinsicsSource where its intrinsics came from
 * @param result what it became
 * @param sparserCloud makes the result's cloud of every n-th row and column, n given
 */
public record LiftedFrame(
        SequencedFrame frame,
        IntrinsicsSource intrinsicsSource,
        DepthEstimationResult result,
        IntFunction<PointCloud> sparserCloud) {}
