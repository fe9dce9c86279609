package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.network.ChildJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScratchMemoryTest {
    @Test
    void whatFindsNoRoomInTheHeapHarmsNoLaterFrameOfItsSize() throws Exception {
        ChildJvm child =
                ChildJvm.start(
                        Map.of(),
                        List.of("-Xmx32m", "-XX:+UseSerialGC"),
                        FullHeap.class,
                        List.of());

        assertThat(child.output().lines())
                .containsExactly("VoxelGrid full true wrong 0", "SteadyScale full true wrong 0");
    }
}
