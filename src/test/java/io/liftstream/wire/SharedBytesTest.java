package io.liftstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liftstream.proto.v1.PointCloud;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SharedBytesTest {
    private static final byte[] VALUE =
            PointCloud.newBuilder()
                    .setData(ByteString.copyFrom(new byte[] {1, 2, 3}))
                    .build()
                    .toByteArray();

    @Test
    void aByteFieldIsNotCopied() throws Exception {
        byte[] value = VALUE.clone();
        PointCloud parsed = SharedBytes.parse(PointCloud.parser(), value);

        value[value.length - 1] = 9;

        assertThat(parsed.getData().toByteArray()).containsExactly(1, 2, 9);
    }

    @Test
    void whatFollowsOrMissesIsRefused() {
        for (byte[] value :
                new byte[][] {
                    Arrays.copyOf(VALUE, VALUE.length - 1), {(byte) 0x0c}, Arrays.copyOf(VALUE, 99)
                }) {
            assertThatThrownBy(() -> SharedBytes.parse(PointCloud.parser(), value))
                    .isInstanceOf(InvalidProtocolBufferException.class);
        }
    }
}
