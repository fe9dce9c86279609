package io.liftstream.cli.rejected;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.RejectionReason;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which rejections a command is about. */
final class RejectionFilter {

    @Option(
            names = "--reason",
            split = ",",
            paramLabel = "R",
            description = "Only frames rejected for one of these: ${COMPLETION-CANDIDATES}.")
    private Set<RejectionReason> reasons;

    @Option(names = "--camera", paramLabel = "ID", description = "Only frames of this camera.")
    private String camera;

    /** Whether the rejection is one of those. */
    boolean accepts(FrameRejection rejection) {
        return (reasons == null || reasons.contains(rejection.reason()))
                && (camera == null || camera.equals(rejection.cameraId()));
    }
}
