package io.liftstream.cluster;

import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.ResultRecord;
import io.liftstream.wire.ReadResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a job lifts all cameras again: of each, a reader has seen the result of a frame that the
 * broker took after a moment.
 */
final class Recovery {
    private final JobOutcomes outcomes;
    private final ChaosCameras cameras;
    private final long sinceMillis;
    private final Set<String> lifted = new HashSet<>();
    private int read;

    /** Counts from now on. */
    Recovery(JobOutcomes outcomes, ChaosCameras cameras) {
        this.outcomes = outcomes;
        this.cameras = cameras;
        this.sinceMillis = System.currentTimeMillis();
        this.read = outcomes.results().size();
    }

    /** Looks at what was read since the last call. */
    boolean isComplete() {
        List<ResultRecord> results = outcomes.results();
        for (; read < results.size(); read++) {
            ReadResult result = results.get(read).read();
            if (cameras.brokerTime(result.provenance()) > sinceMillis) {
                lifted.add(result.cameraId());
            }
        }
        return lifted.size() == ChaosCameras.COUNT;
    }

    /** The cameras of which nothing has come. */
    String missing() {
        Set<String> missing = new HashSet<>();
        for (int camera = 0; camera < ChaosCameras.COUNT; camera++) {
            missing.add(RenderedFleet.cameraId(camera));
        }
        missing.removeAll(lifted);
        return missing.toString();
    }
}
