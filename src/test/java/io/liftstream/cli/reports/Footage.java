package io.liftstream.cli.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;

import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageEncoder;
import io.liftstream.image.RgbImage;
import io.liftstream.proto.v1.CameraFrame;
import io.liftstream.testing.JobTopics;
import io.liftstream.testing.RenderedFleet;
import io.liftstream.testing.VideoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** One recording of twelve frames that look different, 100 ms apart, as videos and folders. */
final class Footage {
    static final int FRAMES = 12;

    /** The frame whose packet a video of H.264 lacks. */
    static final int LOST = 5;

    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final long START_MILLIS = 1_769_846_400_000L;

    /** Levels of 255 by which a pixel may differ on the average. */
    private static final double TOLERANCE = 8;

    /** Of the matrix behind the name of the box that holds it, bytes. */
    private static final int MATRIX_OFFSET = 44;

    private static final int FIXED_POINT = 1 << 16;

    private static final ImageDecoder DECODER = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private static final RenderedFleet FLEET = new RenderedFleet(1, WIDTH, HEIGHT, 0, 1);

    private Footage() {}

    static Path video(Path video, int codec, int bFrames, Map<String, String> encoding) {
        return video(video, codec, bFrames, encoding, Map.of());
    }

    static Path video(
            Path video,
            int codec,
            int bFrames,
            Map<String, String> encoding,
            Map<String, String> metadata) {
        return video(video, codec, bFrames, encoding, metadata, image -> image);
    }

    private static Path video(
            Path video,
            int codec,
            int bFrames,
            Map<String, String> encoding,
            Map<String, String> metadata,
            UnaryOperator<RgbImage> change) {
        try (VideoWriter writer =
                new VideoWriter(
                        video, codec, WIDTH, HEIGHT, bFrames, metadata, Map.of(), encoding)) {
            for (int i = 0; i < FRAMES; i++) {
                RgbImage image = change.apply(rendered(i));
                if (codec == AV_CODEC_ID_H264 && i == LOST) {
                    writer.addLost(image, 100L * i);
                } else {
                    writer.add(image, 100L * i);
                }
            }
        }
        return video;
    }

    /** An MP4 file of frames that stand on their heads, with a display matrix. */
    static Path upsideDown(Path video, int a, int b, int c, int d) throws IOException {
        video(video, AV_CODEC_ID_MPEG4, 0, Map.of(), Map.of(), Footage::halfTurn);
        byte[] file = Files.readAllBytes(video);
        // The track's header: a, b, u, c, d, v, ... of big-endian fixed point.
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("tkhd") + MATRIX_OFFSET;
        ByteBuffer matrix = ByteBuffer.wrap(file);
        assertThat(matrix.getInt(at)).isEqualTo(FIXED_POINT);
        matrix.putInt(at, a * FIXED_POINT).putInt(at + 4, b * FIXED_POINT);
        matrix.putInt(at + 12, c * FIXED_POINT).putInt(at + 16, d * FIXED_POINT);
        return Files.write(video, file);
    }

    /** A folder of pictures that are named so. */
    static Path pictures(Path folder, String names) throws IOException {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < FRAMES; i++) {
            RgbImage image = rendered(i);
            Files.write(
                    pictures.resolve(String.format(names, i)),
                    names.endsWith(".png") ? ImageEncoder.png(image) : ImageEncoder.jpeg(image));
        }
        return pictures;
    }

    /** Far enough apart on the camera's path that no two frames look alike. */
    static RgbImage rendered(int index) {
        return DECODER.decode(FLEET.jpeg(0, 12 * index));
    }

    static RgbImage halfTurn(RgbImage image) {
        byte[] turned = new byte[image.rgb().length];
        for (int i = 0; i < turned.length; i++) {
            turned[turned.length - 3 - i / 3 * 3 + i % 3] = image.rgb()[i];
        }
        return new RgbImage(image.width(), image.height(), turned);
    }

    /** The topic holds these frames alone, each at its time and with its number. */
    static void requireSent(
            ReportDesk desk, JobTopics topics, List<Integer> indices, IntUnaryOperator number)
            throws Exception {
        List<CameraFrame> frames = frames(desk, topics.frames());
        assertThat(frames).hasSameSizeAs(indices);
        for (int i = 0; i < frames.size(); i++) {
            int index = indices.get(i);
            assertThat(frames.get(i).getSequence()).isEqualTo(number.applyAsInt(index));
            requireFrame(frames.get(i), index);
        }
    }

    /** The picture of this index, at its time. */
    private static void requireFrame(CameraFrame frame, int index) {
        assertThat(
                        frame.getCaptureTime().getSeconds() * 1000
                                + frame.getCaptureTime().getNanos() / 1_000_000)
                .isEqualTo(START_MILLIS + 100L * index);
        RgbImage found = DECODER.decode(frame.getCommand().getImageBytes().toByteArray());
        double own = difference(found, rendered(index));
        assertThat(own).isLessThan(TOLERANCE);
        for (int other = 0; other < FRAMES; other++) {
            if (other != index) {
                assertThat(difference(found, rendered(other))).isGreaterThan(own);
            }
        }
    }

    private static double difference(RgbImage a, RgbImage b) {
        long sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xff) - (b.rgb()[i] & 0xff));
        }
        return (double) sum / a.rgb().length;
    }

    private static List<CameraFrame> frames(ReportDesk desk, String topic) throws Exception {
        List<CameraFrame> frames = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<String, Object> properties =
                Map.of("bootstrap.servers", desk.broker().bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    frames.add(CameraFrame.parseFrom(record.value()));
                }
            }
        }
        return frames;
    }
}
