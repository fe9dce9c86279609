package io.liftstream.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A slot that lifts a frame in 20 ms, which is 50 a second, by a clock that the test turns. */
class LoadSheddingTest {
    private static final long MAX_AGE = 30_000;
    private static final long LIFTING_MILLIS = 20;

    private final LoadShedding shedding = new LoadShedding(MAX_AGE);
    private final Map<String, Integer> lifted = new HashMap<>();
    private final List<Long> ages = new ArrayList<>();
    private long now;

    private record Arrival(String camera, long millis) {}

    @Test
    void underThreeTimesTheLoadResultsAreFreshAndEveryCameraIsSeenAlike() {
        lift(fleet(30, 200, 0, 300_000));

        List<Long> late = ages.subList(ages.size() / 2, ages.size()).stream().sorted().toList();
        assertThat(late.get(late.size() / 2)).isLessThan(2_000);
        assertThat(late.get(late.size() - 1)).isLessThan(2_000);
        assertThat(lifted.values()).hasSize(30).allMatch(frames -> frames > 400 && frames < 700);
        assertThat(ages).as("50 a second, all the time").hasSizeGreaterThan(14_500);
    }

    /** As consumers read: some frames of one partition, then some of the other. */
    @Test
    void theSameWhereFramesComePartitionByPartition() {
        lift(byPartition(fleet(12, 80, 0, 300_000), 200));

        List<Long> late = ages.subList(ages.size() / 2, ages.size()).stream().sorted().toList();
        assertThat(late.get(late.size() / 2)).isLessThan(2_000);
        assertThat(lifted.keySet()).hasSize(12);
    }

    @Test
    void aBacklogThatIsReadPartitionByPartitionIsLiftedWhileItIsNotTooOld() {
        now = 20_000;
        List<Arrival> sent = byPartition(fleet(12, 500, 0, 60_000), 200);
        lift(sent);
        assertThat(ages).hasSize(sent.size());
    }

    /** As after a restart: of a partition with the same load, the first frames alone come early. */
    @Test
    void aBacklogOfWhichOnePartitionIsReadFarAheadIsLiftedWhileItIsNotTooOld() {
        now = 20_000;
        List<Arrival> sent = fleet(4, 160, 0, 20_000);
        List<Arrival> ahead = partition(sent, 0);
        List<Arrival> behind = partition(sent, 1);
        lift(behind.subList(0, 6));
        lift(ahead);
        lift(behind.subList(6, behind.size()));
        assertThat(ages).hasSize(sent.size());
    }

    private static List<Arrival> partition(List<Arrival> sent, int partition) {
        return sent.stream()
                .filter(frame -> Integer.parseInt(frame.camera().substring(7)) % 2 == partition)
                .toList();
    }

    /** Of two partitions with half of the cameras each, so many frames of one after the other. */
    private static List<Arrival> byPartition(List<Arrival> sent, int frames) {
        List<List<Arrival>> partitions = List.of(partition(sent, 0), partition(sent, 1));
        List<Arrival> read = new ArrayList<>();
        for (int first = 0; first < sent.size(); first += frames) {
            for (List<Arrival> partition : partitions) {
                int from = Math.min(first, partition.size());
                read.addAll(partition.subList(from, Math.min(first + frames, partition.size())));
            }
        }
        return read;
    }

    @Test
    void aFleetThatCanBeLiftedIsNotShed() {
        List<Arrival> sent = fleet(5, 110, 0, 120_000);
        lift(sent);
        assertThat(ages).hasSize(sent.size());
    }

    @Test
    void aBacklogOfARestartIsLiftedWhileItIsNotTooOld() {
        now = 20_000;
        List<Arrival> sent = fleet(5, 200, 0, 60_000);
        lift(sent);
        assertThat(ages).hasSize(sent.size());
    }

    @Test
    void sheddingEndsWhenTheLoadDoes() {
        lift(fleet(30, 200, 0, 120_000));
        assertThat(shedding.isOverloaded(now)).isTrue();

        int before = ages.size();
        List<Arrival> calm = fleet(5, 200, now + 2_000, now + 60_000);
        lift(calm);
        assertThat(shedding.isOverloaded(now)).isFalse();
        assertThat(ages).hasSize(before + calm.size());
    }

    @Test
    void aCameraThatFloodsItsPartitionHoldsBackTheOthersByTwoSecondsAtMost() {
        List<Arrival> sent = new ArrayList<>(fleet(5, 200, 0, 20_000));
        for (int i = 0; i < 6_000; i++) {
            sent.add(new Arrival("flood", 20_000));
        }
        sent.addAll(fleet(5, 200, 20_000, 40_000));
        lift(sent);

        assertThat(ages.stream().mapToLong(Long::longValue).max().getAsLong()).isLessThan(2_500);
        assertThat(lifted.get("flood")).isBetween(50, 400);
        assertThat(lifted.get("camera-0")).isEqualTo(200);
    }

    @Test
    void aFrameThatIsTooOldIsShedWhateverTheLoad() {
        assertThat(shedding.sheds("gate", MAX_AGE, 0, 0)).isFalse();
        assertThat(shedding.sheds("gate", MAX_AGE + 1, 0, 0)).isTrue();
    }

    /** Its frames are released by the next, or by the flush after five seconds. */
    @Test
    void aCameraWhoseFramesWaitForTheirOrderIsLiftedAgainAfterAnOverload() {
        assertThat(shedding.sheds("gate", MAX_AGE + 1, 0, 0)).isTrue();
        for (now = 6_000; now < 600_000; now += 6_000) {
            assertThat(shedding.sheds("slow", 5_020, 5_000, now)).as("at %d", now).isFalse();
        }
        assertThat(shedding.isOverloaded(now)).isFalse();
    }

    @Test
    void aFrameThatIsTooOldForItsWaitAloneIsNoOverload() {
        assertThat(shedding.sheds("slow", MAX_AGE + 1, MAX_AGE, 0)).isTrue();
        assertThat(shedding.isOverloaded(1)).isFalse();
    }

    /** In turns, each camera's frames so many milliseconds apart. */
    private static List<Arrival> fleet(int cameras, long period, long from, long to) {
        return Stream.iterate(0L, i -> from + i * period / cameras < to, i -> i + 1)
                .map(i -> new Arrival("camera-" + i % cameras, from + i * period / cameras))
                .toList();
    }

    private void lift(List<Arrival> sent) {
        for (Arrival frame : sent) {
            now = Math.max(now, frame.millis());
            long age = now - frame.millis();
            if (!shedding.sheds(frame.camera(), age, 0, now)) {
                ages.add(age);
                lifted.merge(frame.camera(), 1, Integer::sum);
                now += LIFTING_MILLIS;
            }
        }
    }
}
