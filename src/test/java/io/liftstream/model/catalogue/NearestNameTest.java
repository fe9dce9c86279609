package io.liftstream.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("lift", "publish", "depth-anything-v2-small");

    @ParameterizedTest
    @CsvSource({
        "lfit, lift",
        "Lift, lift",
        "pulbish, publish",
        "dept-anything-v2-small, depth-anything-v2-small",
        "depth-anything-v3-tall, depth-anything-v2-small",
        "nope,",
        "l,",
        "depth-anything-v2-metric-indoor-small,"
    })
    void aMisspeltNameIsNearAndAnotherNameIsNot(String typed, String nearest) {
        assertThat(NearestName.of(typed, KNOWN).orElse(null)).isEqualTo(nearest);
    }
}
