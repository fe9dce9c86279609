package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import io.liftstream.image.InputSize;
import io.liftstream.testing.SharedFiles;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkSessionsTest {
    private static final InputSize WIDE = new InputSize(192, 256);
    private static final InputSize TALL = new InputSize(256, 192);
    private static final InputSize SQUARE = new InputSize(192, 192);

    private final int openBefore = NetworkSession.openSessions();

    @AfterEach
    void everySessionIsClosed() {
        assertThat(NetworkSession.openSessions()).isEqualTo(openBefore);
    }

    private static NetworkSession open() {
        Path file = SharedFiles.require("models/meter_xxs_nyu_192x256.onnx");
        return NetworkSession.open(file, ExecutionSettings.cpu(1), false, () -> {});
    }

    @Test
    void everySizeHasItsOwnSessionWhileThereMayBeMore() {
        try (NetworkSessions sessions = new NetworkSessions(open(), size -> open(), 2, () -> 0)) {
            NetworkSession wide = sessions.of(WIDE);
            NetworkSession tall = sessions.of(TALL);

            assertThat(wide).isSameAs(sessions.first()).isNotSameAs(tall);
            assertThat(sessions.of(WIDE)).isSameAs(wide);
            assertThat(sessions.of(TALL)).isSameAs(tall);
            assertThat(NetworkSession.openSessions()).isEqualTo(openBefore + 2);
        }
    }

    @Test
    void aFurtherSizeTakesTheSessionThatWasUsedLongestAgo() {
        try (NetworkSessions sessions = new NetworkSessions(open(), size -> open(), 2, () -> 0)) {
            NetworkSession wide = sessions.of(WIDE);
            NetworkSession tall = sessions.of(TALL);
            sessions.of(WIDE);

            assertThat(sessions.of(SQUARE)).isSameAs(tall);
            assertThat(sessions.of(WIDE)).isSameAs(wide);
        }
    }

    @Test
    void withoutMemoryForAnotherTheSizesShareWhatIsOpen() {
        try (NetworkSessions sessions =
                new NetworkSessions(
                        open(),
                        size -> {
                            throw new ProviderException("device memory", 0, "buy more", null);
                        },
                        4,
                        () -> 0)) {
            NetworkSession wide = sessions.of(WIDE);

            assertThat(List.of(sessions.of(TALL), sessions.of(SQUARE))).containsExactly(wide, wide);
        }
    }

    @Test
    void sizesThatAlternateOnAFullDeviceCostOneTryInFiveMinutes() {
        AtomicLong nanoTime = new AtomicLong(7);
        AtomicInteger tries = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean(true);
        NetworkSessions.Opener opener =
                size -> {
                    tries.incrementAndGet();
                    if (full.get()) {
                        throw new ProviderException("device memory", 0, "buy more", null);
                    }
                    return open();
                };
        try (NetworkSessions sessions = new NetworkSessions(open(), opener, 4, nanoTime::get)) {
            alternate(sessions);
            assertThat(tries).hasValue(1);

            nanoTime.addAndGet(NetworkSessions.RETRY_AFTER.toNanos());
            alternate(sessions);
            assertThat(tries).hasValue(2);

            nanoTime.addAndGet(NetworkSessions.RETRY_AFTER.toNanos());
            full.set(false);
            alternate(sessions);
            assertThat(tries).hasValue(3);
            assertThat(sessions.of(WIDE)).isNotSameAs(sessions.of(TALL));
            assertThat(sessions.of(SQUARE)).isNotIn(sessions.of(WIDE), sessions.of(TALL));
        }
    }

    private static void alternate(NetworkSessions sessions) {
        for (int batch = 0; batch < 10; batch++) {
            sessions.of(WIDE);
            sessions.of(TALL);
        }
    }

    @Test
    void aSessionThatIsClosedBeforeItsRecordIsReadLeavesNoFile() throws Exception {
        Path file = SharedFiles.require("models/meter_xxs_nyu_192x256.onnx");
        List<Path> before = records();

        NetworkSession.open(file, ExecutionSettings.cpu(1), true, () -> {}).close();

        assertThat(records()).isEqualTo(before);
    }

    @Test
    void withoutAPlaceForTheRecordASessionIsOpenedWithoutOne(@TempDir Path folder)
            throws Exception {
        Path file = SharedFiles.require("models/meter_xxs_nyu_192x256.onnx");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            assertThat(
                            FirstRuns.open(
                                    folder.resolve("gone"),
                                    configured -> {
                                        throw new AssertionError("opened in vain");
                                    },
                                    options))
                    .isEmpty();
        }
        try (NetworkSession session =
                NetworkSession.open(file, ExecutionSettings.cpu(1), false, () -> {})) {
            assertThat(session.layersOnCpu()).isEmpty();
        }
    }

    private static List<Path> records() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().contains("first-runs"))
                    .toList();
        }
    }

    @Test
    void aRecordOfTheFirstRunsNamesLayersThatRanOnTheCpuAndLeavesOutSizesOfTensors()
            throws Exception {
        Path file = SharedFiles.require("models/meter_xxs_nyu_192x256.onnx");
        List<String> layers;
        try (NetworkSession session =
                NetworkSession.open(file, ExecutionSettings.cpu(1), true, () -> {})) {
            String input = session.session().getInputNames().iterator().next();
            FloatBuffer zeros = FloatBuffer.allocate(3 * WIDE.height() * WIDE.width());
            long[] shape = {1, 3, WIDE.height(), WIDE.width()};
            try (OnnxTensor tensor =
                            OnnxTensor.createTensor(OrtLibrary.environment(), zeros, shape);
                    OrtSession.Result result = session.run(Map.of(input, tensor), "meter", 1)) {
                assertThat(result.size()).isOne();
            }
            layers = session.layersOnCpu();
        }
        assertThat(layers).anyMatch(layer -> layer.startsWith("Conv "));
        assertThat(layers).noneMatch(layer -> layer.startsWith("Shape "));
    }
}
