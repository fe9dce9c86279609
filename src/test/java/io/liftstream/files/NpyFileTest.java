package io.liftstream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NumPy files of other programs: every type, order and version. */
class NpyFileTest {
    private static final double[] VALUES = {0, 1, 2, 3, 100, 127};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<f2", ">f2", "<f4", ">f4", "=f4", "<f8", ">f8", "|i1", "<i1", "<i2", ">i2", "<i4",
                ">i4", "=i4", "<i8", ">i8", "|u1", "<u2", ">u2", "<u4", ">u4", "<u8", ">u8", "f4"
            })
    void everyTypeAndByteOrderIsRead(String type) throws IOException {
        for (boolean columnMajor : new boolean[] {false, true}) {
            NpyArray array =
                    NpyFile.decode(new NumpyFile(type).columnMajor(columnMajor).of(VALUES, 2, 3));

            assertThat(array.shape()).containsExactly(2, 3);
            assertThat(array.floats()).containsExactly(0, 1, 2, 3, 100, 127);
            for (int i = 0; i < VALUES.length; i++) {
                assertThat(array.value(i)).isEqualTo(VALUES[i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int version) throws IOException {
        NpyArray array = NpyFile.decode(new NumpyFile("<f8").version(version).of(VALUES, 6));

        assertThat(array.shape()).containsExactly(6);
        assertThat(array.value(5)).isEqualTo(127);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2, 3)}",
                "{'shape': (2, 3), 'fortran_order': False, 'descr': '<f4'}",
                "{'descr':'<f4','fortran_order':False,'shape':(2,3,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L), }\n"
            })
    void aHeaderIsReadHoweverItIsWritten(String header) throws IOException {
        byte[] file = new NumpyFile("<f4").header(header).of(VALUES, 2, 3);

        assertThat(NpyFile.decode(file).shape()).containsExactly(2, 3);
    }

    @Test
    void unsignedAndNegativeIntegersKeepTheirValues() throws IOException {
        assertThat(NpyFile.decode(new NumpyFile("<i2").of(new double[] {-1}, 1)).value(0))
                .isEqualTo(-1);
        assertThat(NpyFile.decode(new NumpyFile("<u2").of(new double[] {65535}, 1)).value(0))
                .isEqualTo(65535);
        byte[] ones = new NumpyFile("<u8").of(new double[] {0}, 1);
        Arrays.fill(ones, ones.length - 8, ones.length, (byte) -1);
        assertThat(NpyFile.decode(ones).value(0)).isEqualTo(0x1p64);
    }

    @ParameterizedTest
    @CsvSource({
        "<c16, complex128",
        "<c8, complex64",
        "<f16, float128",
        "|b1, bool",
        "|O, Python objects",
        "<U5, of type U5",
        "|S3, of type S3",
        "<M8[ns], of type M8[ns]"
    })
    void elementsThatAreNoRealNumbersAreRefusedByTheirName(String type, String name) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (2, 3), }";
        byte[] file = new NumpyFile("<f4").header(header).of(VALUES, 2, 3);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> NpyFile.decode(file))
                .withMessageContaining("the elements are " + name)
                .withMessageContaining("astype(np.float32)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': [('z', '<f4')], 'fortran_order': False, 'shape': (2, 3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 4), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }",
                "{'descr': '<f4', 'fortran_order': Maybe, 'shape': (2, 3), }",
                "{'descr': '', 'fortran_order': False, 'shape': (2, 3), }",
                "{'descr': '<f4', 'shape': (2, 3), }",
                "{}",
                ""
            })
    void aHeaderThatDoesNotFitIsRefused(String header) {
        byte[] file = new NumpyFile("<f4").header(header).of(VALUES, 2, 3);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> NpyFile.decode(file));
    }

    @Test
    void aFileThatIsCutAnywhereIsRefused() {
        for (int version = 1; version <= 3; version++) {
            byte[] whole = new NumpyFile("<f4").version(version).of(VALUES, 2, 3);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> NpyFile.decode(cut));
            }
        }
    }

    @Test
    void aFormatOfTheFutureIsRefusedByItsVersion() {
        byte[] file = new NumpyFile("<f4").of(VALUES, 2, 3);
        file[6] = 4;

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> NpyFile.decode(file))
                .withMessageContaining("version 4");
        assertThat(NpyFile.begins(file)).isTrue();
        assertThat(NpyFile.begins("GIF89a..".getBytes(StandardCharsets.US_ASCII))).isFalse();
    }
}
