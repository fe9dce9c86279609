package io.liftstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_AVX;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_AVX2;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_AVX512_SKX;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CpuInstructionsTest {

    @Test
    void theWidestInstructionsCount() {
        assertThat(CpuInstructions.of(Set.of(CV_CPU_AVX, CV_CPU_AVX2)::contains))
                .isEqualTo(CpuInstructions.AVX2);
        assertThat(CpuInstructions.of(Set.of(CV_CPU_AVX512_SKX, CV_CPU_AVX2)::contains))
                .isEqualTo(CpuInstructions.AVX512);
        assertThat(CpuInstructions.of(feature -> false)).isEqualTo(CpuInstructions.OTHER);
    }

    @Test
    void thisMachinesInstructionsAreThoseThatLinuxTells() throws Exception {
        Path told = Path.of("/proc/cpuinfo");
        assumeTrue(Files.exists(told) && Files.readString(told).contains("avx2"));

        assertThat(CpuInstructions.ofThisMachine())
                .isEqualTo(
                        Files.readString(told).contains("avx512bw")
                                ? CpuInstructions.AVX512
                                : CpuInstructions.AVX2);
    }
}
