package io.liftstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.EmbeddedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every frame of a large fleet through a few partitions; the rate means nothing here. */
class FleetScaleITCase {

    @Test
    void everyFrameOfAThousandCamerasBecomesAResult(@TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            assertThat(new FleetScale(broker, folder).framesPerSecond(1_000, 12_000)).isPositive();
        }
    }
}
