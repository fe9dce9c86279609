package io.liftstream.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The process of a contender that runs on the JVM. Each line of its input, "FRAMES DEPTH-TOPIC
 * REJECTED-TOPIC", is one run over the backlog, and is answered by one line of its output with what
 * was measured, as JSON. It ends with its input, so that it cannot outlive who started it.
 */
public final class BenchWorker {

    /** Stands before each answer; other lines are none. */
    static final String ANSWER = "MEASURED ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchWorker() {}

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
        try (Work work = work(Contender.valueOf(args[0]), configuration)) {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                String[] order = line.split(" ", -1);
                Meter meter = new Meter(Integer.parseInt(order[0]));
                BenchRun run = new BenchRun(order[1], order[2], meter);
                RecordWatch.watch(run);
                System.out.println(ANSWER + JSON.writeValueAsString(work.run(run)));
                System.out.flush();
            }
        }
        System.exit(0);
    }

    private static Work work(Contender contender, BenchConfiguration configuration)
            throws IOException {
        if (contender == Contender.JOB) {
            return new BoundedJob(configuration);
        }
        return new LibraryLoop(
                configuration.settings(),
                configuration.parallelism(),
                contender == Contender.PRODUCING_LOOP);
    }
}
