package io.liftstream.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Lets contenders lift the backlog in turn: one round to warm up, then those that count. */
final class Race {
    private final Admin admin;
    private final int partitions;
    private final int frames;
    private final Consumer<String> progress;

    /**
     * @param partitions of the result topics
     * @param frames of the backlog
     * @param progress is told what is run, and what came of it
     */
    Race(Admin admin, int partitions, int frames, Consumer<String> progress) {
        this.admin = admin;
        this.partitions = partitions;
        this.frames = frames;
        this.progress = progress;
    }

    /** What each contender showed in each round that counts. */
    Map<Contender, List<Measurement>> run(List<Racer> racers, int rounds) throws Exception {
        Map<Contender, List<Measurement>> shown = new EnumMap<>(Contender.class);
        for (int round = 0; round <= rounds; round++) {
            for (Racer racer : racers) {
                Measurement measured = once(racer, round);
                if (round > 0) {
                    shown.computeIfAbsent(racer.contender(), key -> new ArrayList<>())
                            .add(measured);
                }
            }
        }
        return shown;
    }

    private Measurement once(Racer racer, int round) throws Exception {
        String name = racer.contender().name().toLowerCase(Locale.ROOT) + "-" + round;
        String depth = "bench.depth." + name;
        String rejected = "bench.rejected." + name;
        createUnread(depth, rejected);
        try {
            Measurement measured = racer.run(frames, depth, rejected);
            progress.accept(
                    String.format(
                            Locale.ROOT,
                            "%s, %s: %.1f fps, %.1f ms of CPU a frame",
                            round == 0 ? "warm-up" : "round " + round,
                            racer.contender().title(),
                            measured.framesPerSecond(),
                            measured.cpuMillis()));
            return measured;
        } finally {
            delete(depth, rejected);
        }
    }

    /** Makes topics for results that nobody reads: they would fill the disk. */
    private void createUnread(String... names) throws Exception {
        create(Map.of("retention.bytes", Integer.toString(128 << 20)), names);
    }

    /** Makes topics for results that are read, however late a transaction shows them. */
    void create(String... names) throws Exception {
        create(Map.of(), names);
    }

    private void create(Map<String, String> retention, String... names) throws Exception {
        Map<String, String> settings = new HashMap<>(retention);
        settings.put("max.message.bytes", Integer.toString(65 << 20));
        settings.put("file.delete.delay.ms", "1000");
        List<NewTopic> topics =
                Arrays.stream(names)
                        .map(name -> new NewTopic(name, partitions, (short) 1).configs(settings))
                        .toList();
        admin.createTopics(topics).all().get();
    }

    /** Deletes topics; what cannot be deleted is told. */
    void delete(String... names) throws InterruptedException {
        List<String> topics = List.of(names);
        try {
            admin.deleteTopics(topics).all().get();
        } catch (ExecutionException e) {
            progress.accept("topics " + topics + " are left: " + e.getCause().getMessage());
        }
    }
}
