package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Assertions;

/** Any byte string as an image either decodes or is refused, in bounded time and memory. */
class AnyBytesPropertyTest {
    private static final Duration MAX_TIME = Duration.ofSeconds(2);

    @BeforeContainer
    static void loadsTheNativeLibraryOutsideTheClock() {
        OpenCv.prepare();
    }

    @Property(tries = 2000)
    void anyBytesDecodeOrAreRefused(@ForAll("files") byte[] file) {
        ImageDecoder decoder = new ImageDecoder(1_000_000);
        Assertions.assertTimeout(
                MAX_TIME,
                () -> {
                    try {
                        RgbImage image = decoder.decode(file);
                        assertThat(image.rgb()).hasSizeLessThanOrEqualTo(3_000_000);
                    } catch (LiftingException e) {
                        assertThat(e.reason())
                                .isIn(
                                        RejectionReason.UNREADABLE_IMAGE,
                                        RejectionReason.IMAGE_TOO_LARGE);
                    }
                });
    }

    /** Random bytes, most of them behind the first bytes of a known format. */
    @Provide
    Arbitrary<byte[]> files() {
        Arbitrary<String> beginnings =
                Arbitraries.of(
                        "",
                        "\u00ff\u00d8\u00ff\u00c0\0\u0011\u0008\0\u0010\0\u0010\u0003",
                        "\u00ff\u00d8\u00ff",
                        "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0008\0\0\0\u0008\u0008\u0002\0\0\0",
                        "RIFF@\0\0\0WEBPVP8 0\0\0\0",
                        "RIFF@\0\0\0WEBPVP8L0\0\0\0/",
                        "BM",
                        "II*\0\u0008\0\0\0",
                        "MM\0*\0\0\0\u0008",
                        "GIF89a\u0008\0\u0008\0\0\0\0,");
        Arbitrary<byte[]> rest = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return Combinators.combine(beginnings, rest)
                .as(
                        (beginning, bytes) -> {
                            byte[] first = beginning.getBytes(StandardCharsets.ISO_8859_1);
                            byte[] file = new byte[first.length + bytes.length];
                            System.arraycopy(first, 0, file, 0, first.length);
                            System.arraycopy(bytes, 0, file, first.length, bytes.length);
                            return file;
                        });
    }
}
