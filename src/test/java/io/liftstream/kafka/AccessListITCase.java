package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.FrameAccounting;
import io.liftstream.testing.FramePublisher;
import io.liftstream.testing.JobOutcomes;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.RunningJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.test.JaasUtils;
import org.apache.kafka.server.authorizer.Action;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that enforces access lists, and a job that may do what {@code deploy/README.md} lists
 * and nothing else.
 */
class AccessListITCase {
    private static final String USER = JaasUtils.KAFKA_PLAIN_USER1;
    private static final JobTopics LIVE = JobTopics.named("liftstream");
    private static final JobTopics REPLAY = LIVE.withOutputs("liftstream.replay");
    private static final int FRAMES = 12;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** $acl stands for the command, the brokers and the principal. */
    private static final Pattern LINE = Pattern.compile("\\$acl (--operation .*)");

    private static final Pattern OPERATION = Pattern.compile("--operation (\\w+)");
    private static final Pattern RESOURCE =
            Pattern.compile("--(topic|group|transactional-id) (\\S+)");

    private static EmbeddedBroker broker;

    @TempDir Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.startWithAccessLists(RecordingAuthorizer.class);
        broker.createFramesTopic(LIVE.frames(), 2);
        RenderedFleet fleet = new RenderedFleet(1, 64, 48, 1_700_000_000_000_000_000L, 40_000_000L);
        try (FramePublisher publisher = new FramePublisher(broker, LIVE.frames())) {
            for (int sequence = 0; sequence < FRAMES; sequence++) {
                publisher.publish(RenderedFleet.cameraId(0), fleet.message(0, sequence));
            }
            publisher.publish("no frame", new byte[] {1});
        }
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void aLiveJobNeedsWhatIsListedForEitherGuarantee() throws Exception {
        List<AclBinding> listed = allow("liftstream", LIVE);
        try (JobOutcomes outcomes = new JobOutcomes(broker, LIVE)) {
            runLive("at-least-once", "committed", outcomes);
            runLive("exactly-once", "earliest", outcomes);
        }
        assertNeeded(listed);
    }

    private void runLive(String guarantee, String start, JobOutcomes outcomes) throws Exception {
        List<String> words = words("liftstream", guarantee);
        words.addAll(List.of("--source.start", start));
        int before = outcomes.results().size() + outcomes.rejections().size();
        try (RunningJob live = RunningJob.live(broker, LIVE, folder, 1, words)) {
            outcomes.await(before + FRAMES + 1, live, TIMEOUT);
            awaitCommittedOffsets();
            live.stopWithSavepoint(folder.resolve(guarantee));
        }
    }

    /** A job that may not commit offsets says so in its log alone. */
    private static void awaitCommittedOffsets() throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (Admin admin = Admin.create(broker.clientSettings())) {
            while (admin.listConsumerGroupOffsets("liftstream")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .isEmpty()) {
                assertThat(System.nanoTime()).as("no offsets committed").isLessThan(deadline);
                Thread.sleep(100);
            }
        }
    }

    @Test
    void aReplayNeedsWhatIsListedUnderItsOwnNames() throws Exception {
        allow("liftstream-replay", REPLAY);
        List<String> words = words("liftstream-replay", "exactly-once");
        try (RunningJob replay = RunningJob.replay(broker, REPLAY, folder, 1, words);
                JobOutcomes outcomes = new JobOutcomes(broker, REPLAY)) {
            replay.awaitEnd(TIMEOUT);
            outcomes.readToEnd(QUIET);
            FrameAccounting.assertEachFrameOnce(broker, REPLAY, outcomes);
        }
    }

    @Test
    void aUserWithoutRightsIsToldThatTheyAreMissingAndWhereTheyAreListed() throws Exception {
        broker.createFramesTopic("closed", 1);
        KafkaSettings user =
                new KafkaSettings(
                        broker.bootstrapServers(),
                        "closed",
                        EmbeddedBroker.login(USER, JaasUtils.KAFKA_PLAIN_USER1_PASSWORD));

        try (TopicChecks checks = new TopicChecks(user)) {
            assertThatThrownBy(() -> checks.settings("closed"))
                    .hasMessageContaining("the brokers refuse this user (")
                    .hasMessageContaining("deploy/README.md lists the rights");
        }
    }

    private static List<String> words(String name, String guarantee) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--job.name",
                                name,
                                "--sink.delivery-guarantee",
                                guarantee,
                                "--sink.restart-budget",
                                "1 min",
                                "--flink.execution.checkpointing.timeout",
                                "1 min",
                                "--ordering.flush-after",
                                "1 s"));
        EmbeddedBroker.login(USER, JaasUtils.KAFKA_PLAIN_USER1_PASSWORD)
                .forEach((key, value) -> words.add("--kafka.properties." + key + "=" + value));
        return words;
    }

    /** Creates the output topics, and allows the job what is listed. */
    private static List<AclBinding> allow(String job, JobTopics topics) throws Exception {
        broker.createOutputTopics(topics, 2);
        List<AclBinding> listed = listed(job, topics);
        try (Admin admin = Admin.create(broker.clientSettings())) {
            admin.createAcls(listed).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            awaitKnown(listed, admin);
        }
        return listed;
    }

    /** The controller has taken them then; the broker gets them a moment later. */
    private static void awaitKnown(List<AclBinding> listed, Admin admin) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!admin.describeAcls(AclBindingFilter.ANY).values().get().containsAll(listed)) {
            assertThat(System.nanoTime()).as("access lists are known").isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    private static List<AclBinding> listed(String job, JobTopics topics) throws IOException {
        String page =
                Files.readString(Path.of("deploy/README.md"))
                        .replace("$job", job)
                        .replace("$depth", topics.depth())
                        .replace("$rejected", topics.rejected());
        return LINE.matcher(page)
                .results()
                .map(line -> line.group(1))
                .flatMap(
                        line ->
                                OPERATION
                                        .matcher(line)
                                        .results()
                                        .map(found -> binding(found.group(1), resource(line))))
                .toList();
    }

    private static AclBinding binding(String operation, ResourcePattern resource) {
        AclOperation allowed =
                operation.equals("DescribeConfigs")
                        ? AclOperation.DESCRIBE_CONFIGS
                        : AclOperation.fromString(operation);
        return new AclBinding(
                resource,
                new AccessControlEntry("User:" + USER, "*", allowed, AclPermissionType.ALLOW));
    }

    private static ResourcePattern resource(String line) {
        if (line.contains("--cluster")) {
            return new ResourcePattern(
                    ResourceType.CLUSTER, Resource.CLUSTER_NAME, PatternType.LITERAL);
        }
        MatchResult on = RESOURCE.matcher(line).results().findFirst().orElseThrow();
        return new ResourcePattern(
                ResourceType.fromString(on.group(1).replace('-', '_')),
                on.group(2),
                line.endsWith("prefixed") ? PatternType.PREFIXED : PatternType.LITERAL);
    }

    /**
     * Nothing is listed that the job did not use. Clients ask for more and do without: what else
     * they may do with a topic, and whether all topics may be written to.
     */
    private static void assertNeeded(List<AclBinding> listed) {
        List<Action> used = RecordingAuthorizer.allowed(USER);
        assertThat(listed)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        right ->
                                assertThat(used)
                                        .as("use of " + right)
                                        .anyMatch(action -> isOf(right, action)));
    }

    private static boolean isOf(AclBinding right, Action action) {
        ResourcePattern allowed = right.pattern();
        ResourcePattern wanted = action.resourcePattern();
        boolean named =
                allowed.patternType() == PatternType.PREFIXED
                        ? wanted.name().startsWith(allowed.name())
                        : wanted.name().equals(allowed.name());
        return named
                && wanted.resourceType() == allowed.resourceType()
                && action.operation() == right.entry().operation();
    }
}
