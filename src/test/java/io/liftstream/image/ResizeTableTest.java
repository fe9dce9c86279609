package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.liftstream.frame.LiftingException;
import io.liftstream.lifting.GoldenData;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The network's input size follows from the image's as the original's does. */
class ResizeTableTest {

    static Stream<Arguments> rows() {
        return StreamSupport.stream(GoldenData.json("resize_table.json").spliterator(), false)
                .map(
                        row ->
                                Arguments.of(
                                        row.get("input_w").asInt(),
                                        row.get("input_h").asInt(),
                                        row));
    }

    @ParameterizedTest(name = "{0}x{1}")
    @MethodSource("rows")
    void sizeIsTheTables(int width, int height, JsonNode row) {
        InputSizeRule rule = new InputSizeRule.AspectPreserving(518, 14);
        InputSize expected = new InputSize(row.get("hf_h").asInt(), row.get("hf_w").asInt());
        if (expected.height() == 0 || expected.width() == 0) {
            // The original goes on with an empty image and fails far from the cause.
            assertThatThrownBy(() -> rule.sizeFor(width, height))
                    .isInstanceOf(LiftingException.class)
                    .hasMessageContaining(width + " x " + height);
        } else {
            assertThat(rule.sizeFor(width, height)).isEqualTo(expected);
        }
    }
}
