package io.liftstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;

import io.liftstream.frame.CameraFrame;
import io.liftstream.frame.Provenance;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.testing.VideoWriter;
import io.liftstream.wire.FrameDecoder;
import io.liftstream.wire.FramePicture;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live cameras, played by a small RTSP server on the loopback. */
class LivePublisherTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;
    private static final int FRAMES = 5;
    private static final Instant FIRST = Instant.parse("2026-01-31T08:00:00.25Z");
    private static final ImageDecoder IMAGES = new ImageDecoder(1 << 20);

    @TempDir Path folder;

    private final List<CameraFrame> frames = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final Set<Integer> refused = new HashSet<>();
    private int offered;

    @Test
    void motionJpegIsPassedOnWithTheCamerasTimeAndABrokenConnectionIsMadeAnew() throws Exception {
        List<byte[]> jpegs = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            jpegs.add(ImageEncoder.jpeg(picture(i)));
        }
        LivePublisher publisher;
        try (RtspServer server =
                new RtspServer(
                        "m=video 0 RTP/AVP 26\r\na=control:video\r\n",
                        26,
                        jpegs.stream().map(jpeg -> List.of(rtpJpeg(jpeg))).toList(),
                        FIRST)) {
            publisher = publish(server, 2 * FRAMES, Duration.ofMinutes(1));
        }

        assertThat(frames).hasSize(2 * FRAMES);
        for (int i = 0; i < frames.size(); i++) {
            CameraFrame frame = frames.get(i);
            Instant taken = FIRST.plusMillis(10_000L * (i / FRAMES) + 100L * (i % FRAMES));
            assertThat(frame.captureTimeNanos())
                    .isCloseTo(ImageRecording.nanos(taken), within(2_000L));
            assertThat(frame.sequence()).isEqualTo(i);
            assertThat(frame.streamId()).isEqualTo(frames.get(0).streamId()).isNotNull();
            byte[] jpeg = FramePicture.of(frame.payload()).orElseThrow();
            assertThat(IMAGES.decode(jpeg).rgb())
                    .isEqualTo(IMAGES.decode(jpegs.get(i % FRAMES)).rgb());
        }
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
        assertThat(out.toString())
                .contains("mjpeg, passed on unchanged; time by the camera's clock (RTCP)")
                .contains("sends no more", "; connecting again in 1 s")
                .contains("The camera's clock is ")
                .doesNotContain("secret");
        assertThat(publisher.summary())
                .startsWith("10 frames of hall, taken 2026-01-31T08:00:00.25")
                .endsWith("by the camera's clock (RTCP)");
    }

    @Test
    void h264IsDecodedAndWithoutReportsHasTheTimeOfItsArrival() throws Exception {
        Path video = folder.resolve("camera.mp4");
        try (VideoWriter writer =
                new VideoWriter(video, AV_CODEC_ID_H264, WIDTH, HEIGHT, 0, Map.of(), Map.of())) {
            for (int i = 0; i < FRAMES; i++) {
                writer.add(picture(i), 100L * i);
            }
        }
        long before = ImageRecording.nanos(Instant.now());
        try (RtspServer server = h264(video)) {
            publish(server, FRAMES, Duration.ZERO);
        }

        assertThat(frames).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(frames.get(i).captureTimeNanos())
                    .isBetween(before, ImageRecording.nanos(Instant.now()));
            RgbImage image = IMAGES.decode(FramePicture.of(frames.get(i).payload()).orElseThrow());
            assertThat(image.width()).isEqualTo(WIDTH);
            assertThat(meanDifference(image, picture(i))).isLessThan(4);
        }
        assertThat(out.toString())
                .contains("h264, sent as JPEG; time by this machine's clock, when a frame came");
    }

    @Test
    void framesBeforeTheCamerasTimeIsKnownAreLeftOut() throws Exception {
        byte[] jpeg = ImageEncoder.jpeg(picture(0));
        try (RtspServer server =
                new RtspServer(
                        "m=video 0 RTP/AVP 26\r\na=control:video\r\n",
                        26,
                        List.of(List.of(rtpJpeg(jpeg)), List.of(rtpJpeg(jpeg))),
                        null)) {
            assertThatThrownBy(() -> publish(server, 1, Duration.ofMinutes(1)))
                    .isInstanceOf(CameraUnreachableException.class)
                    .hasMessageContaining("sends no more");
        }
        assertThat(frames).isEmpty();
    }

    @Test
    void framesThatAreTooLargeAreLeftOutWithoutANumberAndCounted() throws Exception {
        List<List<byte[]>> packets = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            packets.add(List.of(rtpJpeg(ImageEncoder.jpeg(picture(i)))));
        }
        refused.add(1);
        refused.add(2);
        LivePublisher publisher;
        try (RtspServer server =
                new RtspServer("m=video 0 RTP/AVP 26\r\na=control:video\r\n", 26, packets, FIRST)) {
            publisher = publish(server, FRAMES - 2, Duration.ofMinutes(1));
        }

        assertThat(frames).extracting(CameraFrame::sequence).containsExactly(0L, 1L, 2L);
        assertThat(publisher.tooLarge()).isEqualTo(2);
        assertThat(publisher.summary())
                .startsWith("3 frames of hall, ")
                .endsWith("; 2 too large for the topic left out");
    }

    @Test
    void aCameraThatIsNotThereIsNamedWithoutItsPassword() throws Exception {
        RtspServer gone = new RtspServer("", 26, List.of(), null);
        gone.close();

        assertThatThrownBy(() -> publish(gone, 1, Duration.ZERO))
                .isInstanceOf(CameraUnreachableException.class)
                .hasMessageMatching("rtsp://127.0.0.1:[0-9]+/stream cannot be reached \\(.+\\)");
    }

    private LivePublisher publish(RtspServer server, int count, Duration clockTimeout)
            throws Exception {
        LivePublisher publisher =
                new LivePublisher(
                        new CameraAddress(server.address()),
                        "hall",
                        clockTimeout,
                        new PrintWriter(out, true),
                        () -> frames.size() >= count,
                        pauses::add);
        publisher.run(
                (frame, image) ->
                        !refused.contains(offered++)
                                && frames.add(
                                        FrameDecoder.decode(
                                                        null, frame, new Provenance("", 0, 0, 0))
                                                .frame()));
        return publisher;
    }

    private static RgbImage picture(int index) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3;
            rgb[i] = (byte) (40 * index + 2 * (pixel % WIDTH) + pixel / WIDTH);
        }
        return new RgbImage(WIDTH, HEIGHT, rgb);
    }

    private static double meanDifference(RgbImage one, RgbImage other) {
        long sum = 0;
        for (int i = 0; i < one.rgb().length; i++) {
            sum += Math.abs((one.rgb()[i] & 255) - (other.rgb()[i] & 255));
        }
        return (double) sum / one.rgb().length;
    }

    /**
     * RFC 2435: the header's tables and size, then what is between the scan's header and the end.
     */
    static byte[] rtpJpeg(byte[] jpeg) {
        ByteArrayOutputStream tables = new ByteArrayOutputStream();
        int at = 2;
        while (jpeg[at + 1] != (byte) 0xda) {
            int length = ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xffff;
            if (jpeg[at + 1] == (byte) 0xdb) {
                for (int table = at + 4; table < at + 2 + length; table += 65) {
                    tables.write(jpeg, table + 1, 64);
                }
            }
            at += 2 + length;
        }
        int scan = at + 2 + (ByteBuffer.wrap(jpeg).getShort(at + 2) & 0xffff);
        byte[] payload = new byte[8 + 4 + 128 + jpeg.length - 2 - scan];
        ByteBuffer.wrap(payload)
                .putInt(0)
                .put((byte) 1)
                .put((byte) 255)
                .put((byte) (WIDTH / 8))
                .put((byte) (HEIGHT / 8))
                .putShort((short) 0)
                .putShort((short) 128)
                .put(tables.toByteArray(), 0, 128)
                .put(jpeg, scan, jpeg.length - 2 - scan);
        return payload;
    }

    private static RtspServer h264(Path video) throws Exception {
        try (VideoFile file = VideoFile.open(video)) {
            List<List<byte[]>> units = new ArrayList<>();
            for (AVPacket packet = file.next(); packet != null; packet = file.next()) {
                byte[] data = new byte[packet.size()];
                packet.data().get(data);
                units.add(split(ByteBuffer.wrap(data)));
            }
            BytePointer extra = file.stream().codecpar().extradata();
            byte[] sets = new byte[file.stream().codecpar().extradata_size()];
            extra.get(sets);
            return new RtspServer(
                    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1;"
                            + "sprop-parameter-sets="
                            + parameterSets(sets)
                            + "\r\na=control:video\r\n",
                    96,
                    units,
                    null);
        }
    }

    /** A packet of MP4: units behind their lengths. */
    private static List<byte[]> split(ByteBuffer packet) {
        List<byte[]> units = new ArrayList<>();
        while (packet.hasRemaining()) {
            byte[] unit = new byte[packet.getInt()];
            packet.get(unit);
            units.add(unit);
        }
        return units;
    }

    /** Of MP4's avcC box: the one sequence and the one picture parameter set. */
    private static String parameterSets(byte[] box) {
        int sequence = ByteBuffer.wrap(box).getShort(6);
        int picture = ByteBuffer.wrap(box).getShort(8 + sequence + 1);
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(Arrays.copyOfRange(box, 8, 8 + sequence))
                + ","
                + base64.encodeToString(
                        Arrays.copyOfRange(box, 11 + sequence, 11 + sequence + picture));
    }
}
