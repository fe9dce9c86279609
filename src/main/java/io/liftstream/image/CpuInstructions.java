package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_CPU_AVX;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_AVX2;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_AVX512_SKX;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_NEON;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_SSE4_2;
import static org.bytedeco.opencv.global.opencv_core.CV_CPU_SVE;

import java.util.function.IntPredicate;
import org.bytedeco.opencv.global.opencv_core;

/**
 * The widest vector instructions of a CPU. A network's last bits depend on them: its sums are split
 * over more or fewer lanes.
 */
public enum CpuInstructions {
    /** x86: AVX-512 with the parts that servers have since Skylake. */
    AVX512(CV_CPU_AVX512_SKX),
    /** x86: AVX2. */
    AVX2(CV_CPU_AVX2),
    /** x86: AVX. */
    AVX(CV_CPU_AVX),
    /** x86: SSE 4.2. */
    SSE42(CV_CPU_SSE4_2),
    /** ARM: SVE. */
    SVE(CV_CPU_SVE),
    /** ARM: NEON. */
    NEON(CV_CPU_NEON),
    /** None of the others. */
    OTHER(-1);

    private final int feature;

    CpuInstructions(int feature) {
        this.feature = feature;
    }

    /** {@return those of the CPU and the operating system that run this} */
    public static CpuInstructions ofThisMachine() {
        OpenCv.prepare();
        return of(opencv_core::checkHardwareSupport);
    }

    static CpuInstructions of(IntPredicate supports) {
        for (CpuInstructions instructions : values()) {
            if (instructions != OTHER && supports.test(instructions.feature)) {
                return instructions;
            }
        }
        return OTHER;
    }
}
