package io.liftstream.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link BenchWorker}, seen from the bench. */
final class WorkerRacer implements Racer {
    private static final List<String> OPENS =
            List.of(
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

    private final Contender contender;
    private final ContenderProcess process;

    private WorkerRacer(Contender contender, ContenderProcess process) {
        this.contender = contender;
        this.process = process;
    }

    /**
     * Starts the process.
     *
     * @param javaOptions heap and collector of its JVM
     */
    static WorkerRacer start(
            Contender contender, List<String> javaOptions, BenchConfiguration configuration)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPENS);
        command.addAll(javaOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BenchWorker.class.getName());
        command.add(contender.name());
        command.addAll(configuration.toWords());
        Path log = configuration.folder().resolve(contender + ".log");
        return new WorkerRacer(contender, ContenderProcess.start(command, log));
    }

    @Override
    public Contender contender() {
        return contender;
    }

    @Override
    public Measurement run(int frames, String depthTopic, String rejectedTopic) throws IOException {
        process.order(frames + " " + depthTopic + " " + rejectedTopic);
        return JSON.readValue(process.answer(BenchWorker.ANSWER), Measurement.class);
    }

    /** Starts a live job; {@link #endLive} ends it. */
    void startLive(LiveOrder order) throws IOException {
        process.order(order.line());
    }

    /** What the live job saw until now. */
    LiveMeasurement endLive() throws IOException {
        process.order("END");
        return JSON.readValue(process.answer(BenchWorker.ANSWER), LiveMeasurement.class);
    }

    @Override
    public void close() {
        process.close();
    }
}
