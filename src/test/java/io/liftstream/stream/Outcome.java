package io.liftstream.stream;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.frame.SequencedFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What became of a fleet's frames: each camera's in the order of release, and the refused ones. */
final class Outcome {
    private final Map<String, List<SequencedFrame>> released = new HashMap<>();
    private final Map<Provenance, RejectionReason> rejected = new HashMap<>();
    private int leavings;

    void add(SequencingHarness order) {
        for (SequencedFrame frame : order.released()) {
            released.computeIfAbsent(frame.frame().cameraId(), id -> new ArrayList<>()).add(frame);
            leavings++;
        }
        for (FrameRejection rejection : order.rejections()) {
            rejected.put(rejection.provenance(), rejection.reason());
            leavings++;
        }
    }

    Map<String, List<SequencedFrame>> released() {
        return released;
    }

    Map<Provenance, RejectionReason> rejected() {
        return rejected;
    }

    /** How often a frame left, one way or the other. */
    int leavings() {
        return leavings;
    }

    /** The epoch of every released frame. */
    Map<Provenance, Integer> epochs() {
        Map<Provenance, Integer> epochs = new HashMap<>();
        for (List<SequencedFrame> frames : released.values()) {
            for (SequencedFrame frame : frames) {
                epochs.put(frame.frame().provenance(), frame.epoch());
            }
        }
        return epochs;
    }
}
