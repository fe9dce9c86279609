package io.liftstream.lifting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import io.liftstream.image.ImageSize;
import org.junit.jupiter.api.Test;

class WorkingMemoryTest {
    private static final ImageSize FULL_HD = new ImageSize(1920, 1080);

    @Test
    void aPixelTakesTwentySevenBytesWherePictureAndResultAreOfOneSize() {
        assertThat(WorkingMemory.bytes(FULL_HD, FULL_HD)).isEqualTo(27L * 1920 * 1080);
        assertThat(WorkingMemory.bytes(FULL_HD, new ImageSize(14, 14)))
                .isEqualTo(3L * 1920 * 1080 + 24 * 14 * 14);
    }

    @Test
    void aSlotOfTheReferenceConfigurationLiftsTwelveMegapixelsAndRefusesFortyNine() {
        WorkingMemory reference = WorkingMemory.ofSlot(1800L << 19);
        ImageSize photograph = new ImageSize(4000, 3000);
        reference.requireHolds(photograph, photograph);

        ImageSize huge = new ImageSize(7000, 7000);
        assertThatExceptionOfType(LiftingException.class)
                .isThrownBy(() -> reference.requireHolds(huge, huge))
                .withMessage(
                        "image_input size is 7000 x 7000: lifting it takes 1323000000 bytes of"
                                + " memory, and a slot of this job has 353894400"
                                + " (batching.max-bytes); send a smaller image, or give the task"
                                + " manager more heap or fewer slots")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectionReason.IMAGE_TOO_LARGE));
    }

    @Test
    void noSizeThatIsDecodedOverflows() {
        ImageSize strip = new ImageSize(700_000_000, 1);
        assertThat(WorkingMemory.bytes(strip, strip)).isEqualTo(27L * 700_000_000);
    }
}
