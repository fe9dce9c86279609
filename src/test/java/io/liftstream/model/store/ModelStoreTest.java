package io.liftstream.model.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.liftstream.frame.LiftingException;
import io.liftstream.model.facts.FileHash;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
    private static final byte[] MODEL = noise(300_000);
    private static final String HASH = sha256(MODEL);

    @TempDir private static Path keyFolder;
    private static Path keys;

    @TempDir private Path folder;
    private ModelServer server;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = ModelServer.makeKeys(keyFolder);
    }

    @BeforeEach
    void startServer() throws Exception {
        server = new ModelServer(keys);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void downloadsOnceAndThenServesFromDisk() throws Exception {
        server.on("/a/model.onnx", ModelServer.content(MODEL));
        Path first = store().fetch(server.address("/a/model.onnx"), HASH);
        Path second = store().fetch(server.address("/a/model.onnx"), HASH);
        assertThat(first).hasBinaryContent(MODEL).isEqualTo(second).hasFileName("model.onnx");
        assertThat(server.requests()).hasSize(1);
        assertThat(partialFiles()).isEmpty();
    }

    @Test
    void downloadsTheWeightsThatAModelKeepsBesideIt() throws Exception {
        byte[] model = withExternalData("weights/model.onnx_data");
        server.on("/a/model.onnx", ModelServer.content(model));
        server.on("/a/weights/model.onnx_data", ModelServer.content(MODEL));
        String hash = sha256((sha256(model) + "\n" + HASH + "\n").getBytes(UTF_8));
        Path file = store().fetch(server.address("/a/model.onnx"), hash);
        assertThat(file).hasBinaryContent(model).startsWith(folder.resolve(hash));
        assertThat(file.resolveSibling("weights/model.onnx_data")).hasBinaryContent(MODEL);
        assertThat(store().fetch(server.address("/a/model.onnx"), hash)).isEqualTo(file);
        assertThat(server.requests()).hasSize(2);
        assertThat(store().contents()).isEqualTo(Map.of(file, hash));
        assertThat(partialFiles()).isEmpty();
    }

    @Test
    void fetchesAModelAgainWhoseWeightsWereDamaged() throws Exception {
        server.on("/model.onnx", ModelServer.content(withExternalData("model.onnx_data")));
        server.on("/model.onnx_data", ModelServer.content(MODEL));
        Path data =
                store().fetch(server.address("/model.onnx"), null)
                        .resolveSibling("model.onnx_data");
        Files.write(data, noise(300_001));
        assertThat(ModelStore.isSound(data.resolveSibling("model.onnx"), name(data.getParent())))
                .isFalse();
        store().fetch(server.address("/model.onnx"), null);
        assertThat(data).hasBinaryContent(MODEL);
    }

    @Test
    void refusesAModelWhoseWeightsWouldLieOutsideItsFolder() throws Exception {
        server.on("/model.onnx", ModelServer.content(withExternalData("../elsewhere")));
        assertThatThrownBy(() -> store().fetch(server.address("/model.onnx"), null))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("../elsewhere")
                .hasMessageContaining("must be a file in the model's own folder");
        assertThat(server.requests()).hasSize(1);
        assertThat(partialFiles()).isEmpty();
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static byte[] withExternalData(String location) {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
        model.getGraphBuilder()
                .addInitializerBuilder()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalDataBuilder()
                .setKey("location")
                .setValue(location);
        return model.build().toByteArray();
    }

    @Test
    void keepsTwoAddressesApartThatEndInTheSameFileName() throws Exception {
        byte[] other = noise(1000);
        server.on("/a/model.onnx", ModelServer.content(MODEL));
        server.on("/b/model.onnx", ModelServer.content(other));
        Path first = store().fetch(server.address("/a/model.onnx"), null);
        Path second = store().fetch(server.address("/b/model.onnx"), null);
        assertThat(first).hasBinaryContent(MODEL);
        assertThat(second).hasBinaryContent(other);
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws Exception {
        server.on("/model.onnx", server.cutOnce(MODEL, 200_000));
        Path file = store().fetch(server.address("/model.onnx"), HASH);
        assertThat(file).hasBinaryContent(MODEL);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.requests().get(1)).startsWith("/model.onnx bytes=").doesNotEndWith("=0-");
    }

    /** The second answer is a part of its own, shorter than what is missing. */
    @Test
    void goesOnUntilTheLengthThatWasFirstAnnounced() throws Exception {
        server.on("/model.onnx", ModelServer.inParts(MODEL, 100_000, MODEL.length));
        assertRefused(settings(), "/model.onnx", null, "ended after 200000 of 300000 bytes");
        assertThat(store().pins()).isEmpty();
        Path file = store().fetch(server.address("/model.onnx"), null);
        assertThat(file).hasBinaryContent(MODEL);
    }

    @Test
    void refusesAPartOfContentOfAnotherLength() throws Exception {
        server.on("/model.onnx", ModelServer.inParts(MODEL, 100_000, MODEL.length + 1));
        assertRefused(settings(), "/model.onnx", null, "bytes in the first answer and has");
    }

    @Test
    void refusesContentWithAnotherHashAndKeepsNothingOfIt() throws Exception {
        server.on("/model.onnx", ModelServer.content(noise(5000)));
        assertRefused(settings(), "/model.onnx", HASH, "must be " + HASH);
        assertThat(folder.resolve(HASH)).doesNotExist();
        assertThat(partialFiles()).isEmpty();
    }

    @Test
    void bringsBackAnUnpinnedModelThatWasDeleted() throws Exception {
        server.on("/model.onnx", ModelServer.content(MODEL));
        Path file = store().fetch(server.address("/model.onnx"), null);
        assertThat(store().pins())
                .isEqualTo(Map.of(server.address("/model.onnx").toString(), HASH));
        Files.delete(file);
        assertThat(store().fetch(server.address("/model.onnx"), null)).hasBinaryContent(MODEL);
    }

    @Test
    void refusesAnUnpinnedAddressThatChangedItsContent() throws Exception {
        List<byte[]> versions = new ArrayList<>(List.of(MODEL, noise(2000)));
        server.on(
                "/model.onnx", exchange -> ModelServer.content(versions.remove(0)).give(exchange));
        Files.delete(store().fetch(server.address("/model.onnx"), null));
        assertRefused(settings(), "/model.onnx", null, "must be " + HASH);
    }

    @Test
    void fetchesADamagedEntryAgain() throws Exception {
        server.on("/model.onnx", ModelServer.content(MODEL));
        Path file = store().fetch(server.address("/model.onnx"), HASH);
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(store().fetch(server.address("/model.onnx"), HASH)).hasBinaryContent(MODEL);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void followsARedirectToHttps() throws Exception {
        server.on("/old", ModelServer.redirect("/new.onnx"));
        server.on("/new.onnx", ModelServer.content(MODEL));
        assertThat(store().fetch(server.address("/old"), HASH)).hasBinaryContent(MODEL);
    }

    @Test
    void givesUpOnARedirectLoop() throws Exception {
        server.on("/loop", ModelServer.redirect("/loop"));
        assertRefused(settings(), "/loop", HASH, "redirects");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void neverFollowsARedirectToHttp() throws Exception {
        server.on("/plain", ModelServer.redirect("http://localhost/model.onnx"));
        assertRefused(
                settings(),
                "/plain",
                HASH,
                "http://localhost/model.onnx is not an https:// address");
    }

    @Test
    void doesNotBelieveAStranger() throws Exception {
        server.on("/model.onnx", ModelServer.content(MODEL));
        SSLSocketFactory usual = HttpsURLConnection.getDefaultSSLSocketFactory();
        assertRefused(
                settings(1 << 20, 0, false, Optional.empty(), usual), "/model.onnx", HASH, "cert");
    }

    @Test
    void givesUpOnAServerThatOnlyTrickles() throws Exception {
        server.on("/slow", ModelServer.trickle(100_000, 50));
        long start = System.nanoTime();
        assertRefused(settings(), "/slow", HASH, "too slowly");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void refusesMoreThanTheLargestSize() throws Exception {
        server.on("/large", ModelServer.content(MODEL));
        assertRefused(
                settings(1000, 0, false, Optional.empty(), server.trust()),
                "/large",
                HASH,
                "300000 bytes are more than the most, 1000");
    }

    @Test
    void refusesTooMuchFromAServerThatDoesNotSayHowMuch() throws Exception {
        server.on(
                "/large",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(MODEL);
                });
        assertRefused(
                settings(1000, 0, false, Optional.empty(), server.trust()),
                "/large",
                HASH,
                "more than the most, 1000");
    }

    @Test
    void refusesWhatTheDiskCannotTake() throws Exception {
        server.on("/model.onnx", ModelServer.content(MODEL));
        assertRefused(
                settings(1 << 20, Long.MAX_VALUE / 2, false, Optional.empty(), server.trust()),
                "/model.onnx",
                HASH,
                "bytes free");
        assertThat(partialFiles()).isEmpty();
    }

    @Test
    void staysOfflineWhenToldTo() throws Exception {
        server.on("/model.onnx", ModelServer.content(MODEL));
        DownloadSettings offline = settings(1 << 20, 0, true, Optional.empty(), server.trust());
        assertRefused(offline, "/model.onnx", HASH, "LIFTSTREAM_OFFLINE");
        assertThat(server.requests()).isEmpty();
        store().fetch(server.address("/model.onnx"), HASH);
        assertThat(store(offline).fetch(server.address("/model.onnx"), HASH))
                .hasBinaryContent(MODEL);
    }

    @Test
    void goesThroughTheProxyThatItIsGiven() throws Exception {
        server.on("/model.onnx", ModelServer.content(MODEL));
        EnvironmentProxy nowhere = new EnvironmentProxy("localhost", 1, List.of());
        assertRefused(
                settings(1 << 20, 0, false, Optional.of(nowhere), server.trust()),
                "/model.onnx",
                HASH,
                "refused");
        assertThat(server.requests()).isEmpty();
        EnvironmentProxy around = new EnvironmentProxy("localhost", 1, List.of("localhost"));
        Path file =
                store(settings(1 << 20, 0, false, Optional.of(around), server.trust()))
                        .fetch(server.address("/model.onnx"), HASH);
        assertThat(file).hasBinaryContent(MODEL);
    }

    @Test
    void saysWhichStatusTheServerGave() throws Exception {
        server.on("/gone", exchange -> exchange.sendResponseHeaders(404, -1));
        assertRefused(settings(), "/gone", HASH, "HTTP status 404");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void namesAHostThatDoesNotExistAndLeavesNothingBehind() throws Exception {
        URI nowhere = URI.create("https://no-such-host.invalid/model.onnx");
        assertThatThrownBy(() -> store().fetch(nowhere, HASH))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("the host name no-such-host.invalid cannot be found")
                .hasMessageContaining(
                        "download it on another machine, and give the file, model.onnx, as the model");
        assertThat(partialFiles()).isEmpty();
    }

    @Test
    void showsHowADownloadAdvances() throws Exception {
        server.on("/model.onnx", ModelServer.content(MODEL));
        List<Long> reached = new ArrayList<>();
        DownloadProgress.Watcher watcher =
                (address, total) ->
                        new DownloadProgress() {
                            @Override
                            public void reached(long bytes) {
                                reached.add(bytes);
                            }

                            @Override
                            public void close() {
                                reached.add(-total);
                            }
                        };
        new ModelStore(folder, settings(), watcher).fetch(server.address("/model.onnx"), HASH);
        assertThat(reached).endsWith((long) MODEL.length, -(long) MODEL.length);
    }

    private void assertRefused(
            DownloadSettings settings, String path, String sha256, String because) {
        assertThatThrownBy(() -> store(settings).fetch(server.address(path), sha256))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining(path)
                .hasMessageContaining(because);
    }

    private ModelStore store() throws Exception {
        return store(settings());
    }

    private ModelStore store(DownloadSettings settings) {
        return new ModelStore(folder, settings, DownloadProgress.SILENT);
    }

    private DownloadSettings settings() throws Exception {
        return settings(1 << 20, 0, false, Optional.empty(), server.trust());
    }

    private static DownloadSettings settings(
            long largest,
            long reserve,
            boolean offline,
            Optional<EnvironmentProxy> proxy,
            SSLSocketFactory trust) {
        Duration patience = Duration.ofMillis(1500);
        return new DownloadSettings(
                largest, patience, patience, 3, 2, reserve, offline, proxy, trust);
    }

    private List<Path> partialFiles() throws IOException {
        Path partial = folder.resolve("partial");
        if (!Files.isDirectory(partial)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(partial)) {
            return files.toList();
        }
    }

    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(FileHash.newSha256().digest(bytes));
    }
}
