package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.ModelException;
import io.liftstream.model.facts.DeclaredFacts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a network can do to whoever opens it, with ONNX Runtime itself. */
class HostileModelTest {
    private static final int SIDE = 14;
    private static final long TIMEOUT_MILLIS = 300;

    @TempDir private Path folder;
    private int openBefore;

    @BeforeEach
    void countSessions() {
        openBefore = DepthNetwork.openSessions();
    }

    @AfterEach
    void leavesNoSessionOpen() {
        assertThat(DepthNetwork.openSessions()).isEqualTo(openBefore);
    }

    @Test
    void aMapWithoutPixelsIsRefusedAtOpen() throws Exception {
        assertRefused(HostileModel.empty(file()), "output 1 x 14 x 0: a map has 1 to 16777216");
    }

    @Test
    void aMapOfAGigabyteIsRefusedAtOpenAndNeverCopied() throws Exception {
        assertRefused(HostileModel.huge(file()), "output 1 x 16000 x 16000: a map has 1 to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fixed:30000x30000", "aspect:20000:1"})
    void metadataThatAsksForMoreThanMemoryHoldsIsRefusedAtOpen(String rule) throws Exception {
        assertRefused(HostileModel.inputSize(file(), rule), "at most 16777216 pixels");
    }

    @ParameterizedTest
    @ValueSource(longs = {30_000, (1L << 32) + SIDE})
    void aGraphThatTakesMoreThanMemoryHoldsIsRefusedAtOpen(long side) throws Exception {
        assertRefused(
                TinyModel.meanOfChannels("b", side, side).write(file()),
                side + " x " + side + "; it may have at most 16777216 pixels");
    }

    @Test
    void aRunWithoutEndIsEndedAtOpen() throws Exception {
        assertRefused(
                HostileModel.endless(file()), "a run may take 300 ms (inference.run-timeout)");
    }

    @Test
    void aRunThatIsWithoutEndForOneImageAloneIsEndedAndTheNextRuns() throws Exception {
        try (DepthNetwork network = open(HostileModel.endlessWhereBright(file()))) {
            assertThatExceptionOfType(RunTimeoutException.class)
                    .isThrownBy(() -> network.run(image(1), 1, SIDE, SIDE));
            assertThat(network.run(image(0), 1, SIDE, SIDE).values()).containsOnly(0);
        }
    }

    /** A machine that is busy with something else may be late by a few timeouts. */
    @Test
    void aRunThatEndsALittleAfterItWasToldToDoesNotHang() throws Exception {
        AtomicBoolean hung = new AtomicBoolean();
        Path slow = HostileModel.slow(file());
        long start = System.nanoTime();
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> open(slow, 50, () -> hung.set(true)))
                .withMessageContaining("a run may take 50 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("long enough to see it")
                .isGreaterThan(Duration.ofMillis(150));
        assertThat(hung).isFalse();
    }

    private DepthNetwork open(Path file) {
        return open(
                file,
                TIMEOUT_MILLIS,
                () -> {
                    throw new AssertionError("a run hangs");
                });
    }

    private static DepthNetwork open(Path file, long timeoutMillis, Runnable onHang) {
        return DepthNetwork.open(
                file,
                DeclaredFacts.NOTHING,
                ExecutionSettings.cpu(1).withRunTimeout(timeoutMillis),
                onHang);
    }

    private void assertRefused(Path file, String why) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> open(file).close())
                .withMessageContaining(why)
                .isInstanceOf(LiftingException.class);
    }

    private Path file() {
        return folder.resolve("hostile.onnx");
    }

    private static FloatBuffer image(float brightness) {
        FloatBuffer image =
                ByteBuffer.allocateDirect(3 * SIDE * SIDE * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        for (int i = 0; i < image.capacity(); i++) {
            image.put(i, brightness);
        }
        return image;
    }
}
