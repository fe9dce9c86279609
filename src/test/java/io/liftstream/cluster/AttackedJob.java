package io.liftstream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.HarmfulFrames;
import io.liftstream.testing.JobTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A live job with the defaults on a cluster, its steady cameras, and somebody who attacks it. */
final class AttackedJob implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final FlinkCluster cluster;
    private final String id;
    private final SteadyCameras cameras;
    private final FramePublisher publisher;
    private final HarmfulFrames frames;
    private final AttackWatch watch;

    /** Sends the frames of an attack. */
    @FunctionalInterface
    interface Attack {
        /** Returns how many it has sent. */
        int send(FramePublisher publisher, HarmfulFrames frames) throws IOException;
    }

    /**
     * Submits it, on topics of its own.
     *
     * @param options {@code --key value} words
     * @param supervisor looks after the processes while outcomes are waited for
     */
    AttackedJob(
            FlinkCluster cluster,
            EmbeddedBroker broker,
            Path jobJar,
            String name,
            List<String> options,
            AttackWatch.Supervisor supervisor)
            throws Exception {
        this.cluster = cluster;
        JobTopics topics = JobTopics.named(name);
        broker.createTopics(topics, PARTITIONS);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name",
                                name,
                                "--kafka.bootstrap-servers",
                                broker.bootstrapServers(),
                                "--topics.frames",
                                topics.frames(),
                                "--topics.depth",
                                topics.depth(),
                                "--topics.rejected",
                                topics.rejected()));
        words.addAll(options);
        id = cluster.submit(jobJar, List.of(), words);
        cluster.awaitStatus(id, "RUNNING");
        cameras = new SteadyCameras(broker, topics);
        publisher = new FramePublisher(broker, topics.frames());
        frames = new HarmfulFrames(cameras.frame());
        watch = new AttackWatch(broker, topics, supervisor);
    }

    /**
     * Attacks, and returns when all is accounted for and the steady cameras' results are of the
     * present.
     */
    AttackWatch attack(Attack attack) throws Exception {
        watch.begin();
        int sent = attack.send(publisher, frames);
        publisher.flush();
        watch.awaitOutcomes(sent);
        return watch;
    }

    /** What made it restart, as far as Flink remembers. */
    List<String> failures() throws Exception {
        JsonNode history = cluster.answer("/jobs/" + id + "/exceptions", "exceptionHistory");
        JsonNode entries = history.path("exceptionHistory").path("entries");
        if (!entries.isArray()) {
            throw new IllegalStateException("no history of exceptions: " + history);
        }
        List<String> names = new ArrayList<>();
        entries.forEach(entry -> names.add(entry.path("exceptionName").asText()));
        return names;
    }

    @Override
    public void close() throws Exception {
        watch.close();
        publisher.close();
        cameras.close();
        cluster.cancel(id);
    }
}
