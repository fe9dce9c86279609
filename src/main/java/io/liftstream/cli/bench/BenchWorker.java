package io.liftstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.job.LocalJob;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The process of a contender that runs on the JVM. A line of its input, "FRAMES DEPTH-TOPIC
 * REJECTED-TOPIC", is one run over the backlog; the job's also takes {@link LiveOrder}, a live run
 * until the next line. Each is answered by one line of its output with what was measured, as JSON.
 * It ends with its input, so that it cannot outlive who started it.
 */
public final class BenchWorker {

    /** Stands before each answer; other lines are none. */
    static final String ANSWER = "MEASURED ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BenchConfiguration configuration;
    private final BufferedReader input;

    private BenchWorker(BenchConfiguration configuration, BufferedReader input) {
        this.configuration = configuration;
        this.input = input;
    }

    /**
     * Serves runs.
     *
     * @param args the contender, and {@link BenchConfiguration#toWords}
     * @throws Exception where a run fails
     */
    public static void main(String[] args) throws Exception {
        BenchConfiguration configuration =
                BenchConfiguration.ofWords(Arrays.asList(args).subList(1, args.length));
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new BenchWorker(configuration, input).serve(Contender.valueOf(args[0]));
        System.exit(0);
    }

    private void serve(Contender contender) throws Exception {
        try (Work work = work(contender)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                Object measured = LiveOrder.is(line) ? live(LiveOrder.read(line)) : run(work, line);
                System.out.println(ANSWER + JSON.writeValueAsString(measured));
                System.out.flush();
            }
        }
    }

    private static Measurement run(Work work, String line) throws Exception {
        String[] order = line.split(" ", -1);
        Meter meter = new Meter(Integer.parseInt(order[0]));
        BenchRun run = new BenchRun(order[1], order[2], meter);
        RecordWatch.tell(run);
        return work.run(run);
    }

    private LiveMeasurement live(LiveOrder order) throws Exception {
        LiveTimes times = new LiveTimes(order.framesTopic(), order.depthTopic());
        RecordWatch.tell(times);
        StageMetrics.forget();
        try (LocalJob job = LocalJob.start(configuration.liveSettings(order))) {
            input.readLine();
            job.requireRunning();
            return new LiveMeasurement(times.lifted(), StageMetrics.micros());
        }
    }

    private Work work(Contender contender) throws IOException {
        if (contender == Contender.JOB) {
            return new BoundedJob(configuration);
        }
        return new LibraryLoop(
                configuration.settings(),
                configuration.parallelism(),
                contender == Contender.PRODUCING_LOOP);
    }
}
