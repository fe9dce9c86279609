package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NextStartTest {
    private static final JobSettings LIVE =
            JobSettingsReader.read(
                    ConfigurationLoader.load(
                            null,
                            List.of(
                                    "--job.name=hall",
                                    "--kafka.bootstrap-servers=broker:9092",
                                    "--topics.frames=hall.frames")));

    @Test
    void offsetsOfTopicsThatTheJobNoLongerReadsAreLeftOut() {
        Map<String, Long> committed =
                new TreeMap<>(
                        Map.of("hall.frames-0", 60L, "hallXframes-0", 7L, "hall.frames-old-1", 8L));

        assertThat(NextStart.lines(LIVE, committed, null))
                .containsExactly(
                        "The next start begins at the offsets that group hall has committed:"
                                + " hall.frames-0 at 60; later frames are lifted again, with the same"
                                + " ids.");
    }

    @Test
    void aGroupThatHasCommittedOfAnotherTopicAloneStartsLikeANewOne() {
        assertThat(NextStart.lines(LIVE, Map.of("other-0", 5L), null))
                .containsExactly(
                        "The next start begins with the frames of the last 30 s (live.max-age), as"
                                + " group hall has committed no offsets.");
    }
}
