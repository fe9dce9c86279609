package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.kafka.PartitionRange;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a user reads when retention was faster than a command. */
class RemovedRecordsTest {
    private final StringWriter complaints = new StringWriter();
    private final RemovedRecords removed = new RemovedRecords(new PrintWriter(complaints, true));

    @Test
    void eachStretchIsNamedAndTheCommandFails() {
        removed.add(range(20, 30));
        removed.add(range(40, 41));

        assertThat(removed.exitCode()).isEqualTo(1);
        assertThat(complaints.toString().lines())
                .containsExactly(
                        "yard/3: retention removed offsets 20 to 29 before they were read",
                        "yard/3: retention removed offsets 40 to 40 before they were read",
                        "11 offsets were removed before they were read, and are missing here; give"
                                + " the topic a longer retention.ms");
    }

    @Test
    void ofManyStretchesTenAreNamed() {
        for (long start = 0; start < 500; start += 10) {
            removed.add(range(start, start + 1));
        }

        assertThat(removed.exitCode()).isEqualTo(1);
        assertThat(complaints.toString().lines()).hasSize(11).last().asString().startsWith("50 ");
    }

    @Test
    void nothingIsSaidWhereAllWasRead() {
        assertThat(removed.exitCode()).isZero();
        assertThat(complaints.toString()).isEmpty();
    }

    private static PartitionRange range(long start, long end) {
        return new PartitionRange(new TopicPartition("yard", 3), start, end);
    }
}
