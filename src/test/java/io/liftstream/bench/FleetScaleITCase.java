package io.liftstream.bench;

import static org.assertj.core.api.Assertions.assertThatNoException;

import io.liftstream.testing.EmbeddedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every frame of a large fleet through a few partitions, once; the rate means nothing here. */
class FleetScaleITCase {

    @Test
    void everyFrameOfAThousandCamerasBecomesAResult(@TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            FleetScale fleet = new FleetScale(broker, folder);
            assertThatNoException().isThrownBy(() -> fleet.framesPerSecond(1_000, 12_000));
        }
    }
}
