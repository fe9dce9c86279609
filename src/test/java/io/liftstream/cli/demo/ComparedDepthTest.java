package io.liftstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.liftstream.frame.DepthMapping;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import org.junit.jupiter.api.Test;

class ComparedDepthTest {
    private static final DepthTruth TRUTH =
            new DepthTruth(4, 2, new float[] {1, 1, 2, 2, 4, 4, 8, 8});

    @Test
    void theTruthTakesTheSizeOfTheEstimate() {
        assertThat(TRUTH.ofSize(4, 2)).isSameAs(TRUTH);
        assertThat(TRUTH.ofSize(2, 2).metres()).containsExactly(1, 2, 4, 8);
        assertThat(TRUTH.ofSize(8, 2).metres())
                .containsExactly(1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8);
    }

    @Test
    void metresAreComparedByTheirInverse() throws Exception {
        DepthEstimationResult metric = lifted(DepthMapping.METRIC);
        float[] metres = metric.depthMap().clone();
        DepthTruth truth = new DepthTruth(metric.width(), metric.height(), metres);

        ComparedDepth compared = ComparedDepth.of(truth, metric);

        assertThat(compared.accuracy().absoluteRelativeError()).isCloseTo(0, within(1e-4));
    }

    @Test
    void linearValuesAreNotCompared() throws Exception {
        assertThat(ComparedDepth.of(TRUTH, lifted(DepthMapping.LINEAR))).isNull();
        assertThat(ComparedDepth.of(null, lifted(DepthMapping.INVERSE))).isNull();
    }

    private static DepthEstimationResult lifted(DepthMapping mapping) throws Exception {
        try (DepthEstimation estimation = new DepthEstimation()) {
            byte[] image = new RenderedSupply(1, 5).frame(0, 0).image();
            return estimation.run(
                    DepthEstimationCommand.ofImage(image)
                            .advancedConfig(
                                    DepthEstimationAdvanceConfig.builder()
                                            .depthMapping(mapping)
                                            .build())
                            .build());
        }
    }
}
