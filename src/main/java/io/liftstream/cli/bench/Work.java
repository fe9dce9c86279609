package io.liftstream.cli.bench;

/** What a worker process does again and again. */
interface Work extends AutoCloseable {

    /** Lifts the whole backlog once. */
    Measurement run(BenchRun run) throws Exception;

    @Override
    void close();
}
