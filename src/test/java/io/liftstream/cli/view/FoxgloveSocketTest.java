package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import io.liftstream.foxglove.RejectionMessages;
import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import io.liftstream.proto.foxglove.CompressedImage;
import io.liftstream.proto.foxglove.Log;
import io.liftstream.proto.foxglove.PointCloud;
import io.liftstream.proto.foxglove.RawImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Viewers that speak Foxglove's protocol: well, slowly, and not at all. */
@Timeout(60)
class FoxgloveSocketTest {
    private final NewestFrames frames = new NewestFrames(System::nanoTime);
    private ViewServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                new ViewServer(
                        frames,
                        "127.0.0.1",
                        0,
                        new TrustedAddresses("127.0.0.1", List.of()),
                        "test");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foxglove.sdk.v1", "foxglove.websocket.v1"})
    void aViewerOfEitherNameGetsTheChannelsAndTheirMessages(String protocol) throws Exception {
        frames.publish(new SyntheticFrame("gate", 1, 32, 24));
        try (FoxgloveClient client = new FoxgloveClient(server.port(), protocol, true)) {
            assertThat(client.protocol()).isEqualTo(protocol);
            JsonNode info = client.await("serverInfo");
            assertThat(info.path("capabilities")).isEmpty();
            assertThat(info.path("sessionId").asText()).isNotBlank();
            Map<String, JsonNode> channels = new HashMap<>();
            addChannels(client.await("advertise"), channels);
            addChannels(client.await("advertise"), channels);
            assertThat(channels)
                    .containsOnlyKeys(
                            "/tf",
                            "/rejections",
                            "/gate/image",
                            "/gate/calibration",
                            "/gate/depth",
                            "/gate/points",
                            "/gate/points/draco",
                            "/gate/mesh");
            for (JsonNode channel : channels.values()) {
                assertThat(channel.path("encoding").asText()).isEqualTo("protobuf");
                assertThat(channel.path("schemaEncoding").asText()).isEqualTo("protobuf");
                byte[] schema = Base64.getDecoder().decode(channel.path("schema").asText());
                assertThat(FileDescriptorSet.parseFrom(schema).getFileCount()).isPositive();
            }

            subscribe(client, 7, channels.get("/gate/points"));
            FoxgloveClient.Data points = client.awaitData(data -> data.subscription() == 7);
            assertThat(points.timeNanos()).isEqualTo(SyntheticFrame.START + 1);
            PointCloud cloud = PointCloud.parseFrom(points.payload());
            assertThat(cloud.getData().size()).isEqualTo(16 * 32 * 24);
            assertThat(cloud.getFrameId()).isEqualTo("gate_optical");

            subscribe(client, 0xffffffffL, channels.get("/gate/depth"));
            frames.publish(new SyntheticFrame("gate", 2, 32, 24));
            FoxgloveClient.Data depth =
                    client.awaitData(
                            data ->
                                    data.subscription() == 0xffffffffL
                                            && data.timeNanos() == SyntheticFrame.START + 2);
            assertThat(RawImage.parseFrom(depth.payload()).getEncoding()).isEqualTo("16UC1");

            subscribe(client, 9, channels.get("/gate/image"));
            FoxgloveClient.Data image = client.awaitData(data -> data.subscription() == 9);
            assertThat(CompressedImage.parseFrom(image.payload()).getFormat()).isEqualTo("jpeg");
        }
    }

    @Test
    void aCameraThatComesLaterIsAdvertisedAndRejectionsAreLines() throws Exception {
        try (FoxgloveClient client = new FoxgloveClient(server.port(), "foxglove.sdk.v1", true)) {
            Map<String, JsonNode> channels = new HashMap<>();
            addChannels(client.await("advertise"), channels);
            frames.publish(new SyntheticFrame("late", 1, 8, 8));
            addChannels(client.await("advertise"), channels);
            assertThat(channels).containsKey("/late/points");

            subscribe(client, 1, channels.get("/rejections"));
            // Subscriptions have no answer; that of another channel comes after it.
            subscribe(client, 2, channels.get("/late/calibration"));
            client.awaitData(data -> data.subscription() == 2);
            for (int i = 0; i < 3; i++) {
                reject("line " + i);
            }
            List<String> lines = new ArrayList<>();
            while (lines.size() < 3) {
                byte[] line = client.awaitData(data -> data.subscription() == 1).payload();
                lines.add(Log.parseFrom(line).getMessage());
            }
            assertThat(lines).allMatch(line -> line.startsWith("LATE: line "));
        }
    }

    @Test
    void aViewerThatStopsReadingSlowsNobodyAndLosesOldFramesOnly() throws Exception {
        int count = 150;
        try (FoxgloveClient slow = new FoxgloveClient(server.port(), "foxglove.sdk.v1", false);
                FoxgloveClient quick = new FoxgloveClient(server.port(), "foxglove.sdk.v1", true)) {
            frames.publish(new SyntheticFrame("gate", 0, 160, 120));
            Map<String, JsonNode> channels = new HashMap<>();
            addChannels(quick.await("advertise"), channels);
            addChannels(quick.await("advertise"), channels);
            subscribe(quick, 1, channels.get("/gate/points"));
            subscribe(slow, 1, channels.get("/gate/points"));
            quick.awaitData(data -> true);

            long longest = 0;
            for (int i = 1; i <= count; i++) {
                long before = System.nanoTime();
                frames.publish(new SyntheticFrame("gate", i, 160, 120));
                longest = Math.max(longest, System.nanoTime() - before);
                long newest = SyntheticFrame.START + i;
                quick.awaitData(data -> data.timeNanos() == newest);
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(longest)).isLessThan(2000);

            slow.read(Long.MAX_VALUE);
            slow.awaitData(data -> data.timeNanos() == SyntheticFrame.START + count);
            assertThat(slow.received()).isLessThan(count);
            assertThat(slow.isInOrder()).isTrue();
        }
    }

    @Test
    void garbageIsAnsweredAndHarmsNobody() throws Exception {
        frames.publish(new SyntheticFrame("gate", 1, 8, 8));
        try (FoxgloveClient client = new FoxgloveClient(server.port(), "foxglove.sdk.v1", true);
                FoxgloveClient other = new FoxgloveClient(server.port(), "foxglove.sdk.v1", true)) {
            for (String garbage :
                    List.of(
                            "}{",
                            "",
                            "[]",
                            "null",
                            "{\"op\":\"advertise\",\"channels\":[]}",
                            "{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":1,\"channelId\":999}]}",
                            "{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":-1,\"channelId\":1}]}",
                            "{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":\"x\",\"channelId\":1}]}")) {
                client.send(garbage);
                assertThat(client.await("status").path("level").asInt()).as(garbage).isEqualTo(2);
            }
            client.sendBinary((byte) 1, (byte) 2);
            assertThat(client.await("status").path("message").asText()).contains("no binary");
            client.send("{\"op\":\"unsubscribe\",\"subscriptionIds\":[77,\"x\"]}");
            client.send("{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":5,\"channelId\":1}]}");
            client.awaitData(data -> data.subscription() == 5);

            client.send("x".repeat(300_000));
            while (client.closeCode() == 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            other.send("{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":6,\"channelId\":1}]}");
            other.awaitData(data -> data.subscription() == 6);
        }
    }

    @Test
    void moreViewersThanThereMayBeAreSentAway() throws Exception {
        List<FoxgloveClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < Viewers.MAX_VIEWERS; i++) {
                clients.add(new FoxgloveClient(server.port(), "foxglove.sdk.v1", true));
                clients.get(i).await("serverInfo");
            }
            FoxgloveClient last = new FoxgloveClient(server.port(), "foxglove.sdk.v1", true);
            clients.add(last);
            while (last.closeCode() == 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(last.closeCode()).isEqualTo(1013);
        } finally {
            clients.forEach(FoxgloveClient::close);
        }
    }

    private static void addChannels(JsonNode advertise, Map<String, JsonNode> channels) {
        advertise
                .path("channels")
                .forEach(channel -> channels.put(channel.path("topic").asText(), channel));
    }

    private static void subscribe(FoxgloveClient client, long id, JsonNode channel) {
        client.send(
                "{\"op\":\"subscribe\",\"subscriptions\":[{\"id\":"
                        + id
                        + ",\"channelId\":"
                        + channel.path("id")
                        + "}]}");
    }

    private void reject(String detail) {
        FrameRejection rejection =
                new FrameRejection(
                        RejectionReason.LATE,
                        "sequence",
                        detail,
                        new Provenance("frames", 0, 1, 0),
                        "late",
                        1L,
                        1L,
                        null,
                        0);
        frames.reject("late", RejectionReason.LATE, 1, RejectionMessages.of(rejection, 1));
    }
}
