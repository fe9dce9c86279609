package io.liftstream.wire;

import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.lifting.DepthEstimationCommand;

/**
 * A frame's command with the configured defaults filled in.
 *
 * @param command what to lift and how
 * @param intrinsicsSource where its intrinsics come from
 * @param namedModel the model that the frame names, in its own words; null where it names none
 */
public record LiftingRequest(
        DepthEstimationCommand command, IntrinsicsSource intrinsicsSource, String namedModel) {}
