package io.liftstream.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettings;
import io.liftstream.job.JobSettingsReader;
import java.util.List;
import java.util.Map;
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
    void aGroupThatHasCommittedContinuesThere() {
        assertThat(NextStart.lines(LIVE, Map.of("hall.frames-0", 60L), null))
                .containsExactly(
                        "The next start begins at the offsets that group hall has committed:"
                                + " hall.frames-0 at 60; later frames are lifted again, with the same"
                                + " ids.");
    }

    @Test
    void aGroupThatHasCommittedNothingStartsAnew() {
        assertThat(NextStart.lines(LIVE, Map.of(), null))
                .containsExactly(
                        "The next start begins with the frames of the last 30 s (live.max-age), as"
                                + " group hall has committed no offsets.");
    }
}
