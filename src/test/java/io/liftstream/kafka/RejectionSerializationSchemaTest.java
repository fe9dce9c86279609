package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.FrameRejection;
import io.liftstream.frame.Provenance;
import io.liftstream.frame.RejectionReason;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class RejectionSerializationSchemaTest {
    private final RejectionSerializationSchema schema =
            new RejectionSerializationSchema("hall.rejected");

    @Test
    void aRejectionOfOneFrameIsNamedByWhereItWasRead() {
        assertThat(header(EventHeaders.ID)).isEqualTo("hall.frames/2/100");
        assertThat(header(EventHeaders.FRAMES)).isNull();
    }

    @Test
    void aSumIsNamedByAllItsFrames() {
        assertThat(header(EventHeaders.ID, 101, 103))
                .isEqualTo("hall.frames/2/100/a20999c2-32bc-3dfd-81db-6299e9c4e8be")
                .isEqualTo(header(EventHeaders.ID, 101, 103));
        assertThat(header(EventHeaders.FRAMES, 101, 103)).isEqualTo("3");
    }

    /** After a recovery, a sum may go on for longer, or with other frames between its ends. */
    @Test
    void sumsOfOtherFramesHaveOtherIds() {
        assertThat(header(EventHeaders.ID, 101, 103))
                .isNotEqualTo(header(EventHeaders.ID, 101, 103, 104))
                .isNotEqualTo(header(EventHeaders.ID, 102, 103))
                .isNotEqualTo(header(EventHeaders.ID));
    }

    private String header(String name, long... furtherOffsets) {
        FrameRejection rejection =
                new FrameRejection(
                        RejectionReason.SHED,
                        "shed",
                        "too old",
                        new Provenance("hall.frames", 2, 100, 0, true),
                        "dock",
                        null,
                        null,
                        null,
                        0,
                        furtherOffsets);
        ProducerRecord<byte[], byte[]> written = schema.serialize(rejection, null, null);
        Header header = written.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
