package io.liftstream.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.frame.LiftingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Safetensors files that lie about themselves; sound ones are in {@link RealModelFilesTest}. */
class SafetensorsCheckpointTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | safetensors header",
                "{} trailing | safetensors header",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}} | bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | must begin where",
                "{\"a\":{\"dtype\":\"F4\",\"shape\":[1],\"data_offsets\":[0,4]}} | F4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | not negative",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | Duplicate",
                "{\"pretrained.cls_token\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],"
                        + "\"data_offsets\":[0,4]}} | more elements",
                "{\"pretrained.cls_token\":{\"dtype\":\"F32\",\"shape\":[1,1,64],"
                        + "\"data_offsets\":[0,4]}} | pretrained.cls_token",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | must be a Depth",
                "{\"a\":[]} | must be a list"
            })
    void refusesHostileSafetensors(String header, String said) throws IOException {
        byte[] start = TorchFile.safetensorsHeader(header);
        Path file = folder.resolve("hostile.safetensors");
        Files.write(file, Arrays.copyOf(start, start.length + Float.BYTES));
        assertThatThrownBy(() -> StateDictionary.open(file, null).close())
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({"4294967295", "5000000", "100"})
    void refusesASafetensorsHeaderLongerThanTheFile(long length) throws IOException {
        byte[] start =
                ByteBuffer.allocate(Long.BYTES + 2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .put((byte) '{')
                        .put((byte) '}')
                        .array();
        Path file = Files.write(folder.resolve("long.safetensors"), start);
        assertThatThrownBy(() -> StateDictionary.open(file, null).close())
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining(length + " bytes");
    }
}
