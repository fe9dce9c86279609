package io.liftstream.input;

import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.WorkingMemory;
import java.util.Optional;

/** The heap that a frame takes while it is lifted, told by the header of its picture. */
public final class PictureMemory {
    /** Of a picture that is not in the record: more than any slot has, less than overflows. */
    private static final long UNKNOWN = Long.MAX_VALUE / 2;

    private final InputDecoder input;
    private final ImageDecoder decoder;

    /**
     * An estimate for records of one form.
     *
     * @param settings how records are read
     * @param decoder of the pictures
     */
    public PictureMemory(InputSettings settings, ImageDecoder decoder) {
        this.input = new InputDecoder(settings);
        this.decoder = decoder;
    }

    /**
     * {@return bytes; of a frame that names its picture by a path more than there is, so that it is
     * lifted alone; of one that will be refused, as it is too large or has no picture, its own
     * bytes alone}
     *
     * @param payload of a frame that {@link InputDecoder#decode} gave
     */
    public long of(byte[] payload) {
        try {
            Optional<ImageSize> size = input.pictureSize(payload, decoder);
            return size.map(known -> payload.length + WorkingMemory.bytes(known, known))
                    .orElse(UNKNOWN);
        } catch (LiftingException e) {
            // The same reading refuses it when its turn comes, with this reason.
            return payload.length;
        }
    }
}
