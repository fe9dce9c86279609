package io.liftstream.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.LiftingException;
import io.liftstream.model.facts.FileHash;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store holds without having downloaded it. */
class KeptModelsTest {
    private static final byte[] MODEL = {1, 2, 3};
    private static final String HASH = HexFormat.of().formatHex(FileHash.newSha256().digest(MODEL));

    @TempDir private Path folder;
    private ModelStore store;

    @BeforeEach
    void open() {
        Duration unused = Duration.ofSeconds(1);
        DownloadSettings settings =
                new DownloadSettings(
                        1 << 20,
                        unused,
                        unused,
                        3,
                        2,
                        0,
                        true,
                        Optional.empty(),
                        HttpsURLConnection.getDefaultSSLSocketFactory());
        store = new ModelStore(folder, settings, DownloadProgress.SILENT);
    }

    @Test
    void keepsAStreamUnderItsHash() throws Exception {
        Path file = store.keep(new ByteArrayInputStream(MODEL), "tiny.onnx", HASH);
        assertThat(file).hasBinaryContent(MODEL).hasFileName("tiny.onnx");
        assertThatThrownBy(
                        () ->
                                store.keep(
                                        new ByteArrayInputStream(new byte[10]),
                                        "tiny.onnx",
                                        "0".repeat(64)))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("must be 000");
        assertThat(folder.resolve("partial")).isEmptyDirectory();
    }

    @Test
    void derivesOnceAndAgainOnlyWhenDamaged() throws Exception {
        List<Path> written = new ArrayList<>();
        ModelStore.Derivation derivation =
                target -> {
                    written.add(target);
                    Files.writeString(target, "derived");
                };
        Path file = store.derive(HASH, "small.onnx", derivation);
        store.derive(HASH, "small.onnx", derivation);
        assertThat(written).hasSize(1);
        Files.writeString(file, "altered");
        assertThat(store.derive(HASH, "small.onnx", derivation)).hasContent("derived");
        assertThat(written).hasSize(2);
        assertThat(store.find(HASH)).isEmpty();
    }
}
