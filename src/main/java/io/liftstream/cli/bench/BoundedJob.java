package io.liftstream.cli.bench;

import io.liftstream.cli.job.LocalJob;

/** The bounded job on a Flink inside this process, as {@code liftstream replay} runs it. */
final class BoundedJob implements Work {
    private final BenchConfiguration configuration;

    BoundedJob(BenchConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Measurement run(BenchRun run) throws Exception {
        StageMetrics.forget();
        try (LocalJob job =
                LocalJob.start(configuration.settings(run.depthTopic(), run.rejectedTopic()))) {
            job.awaitEnd();
        }
        return run.meter().measured(StageMetrics.stages(), null, StageMetrics.batchFrames());
    }

    @Override
    public void close() {
        // Nothing outlives a run.
    }
}
