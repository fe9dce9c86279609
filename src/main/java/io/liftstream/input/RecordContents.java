package io.liftstream.input;

import io.liftstream.image.ImageDecoder;
import io.liftstream.image.ImageSize;

/** What a value holds that is no {@code CameraFrame}. */
interface RecordContents {

    /**
     * The image file in it.
     *
     * @throws io.liftstream.frame.LiftingException where there is none
     */
    byte[] image();

    /**
     * The image's size by its header.
     *
     * @param decoder of the image
     * @throws io.liftstream.frame.LiftingException where the image cannot be lifted
     */
    default ImageSize size(ImageDecoder decoder) {
        return decoder.size(image());
    }

    /**
     * A field of it.
     *
     * @return text or number as text; null where it is absent
     * @throws io.liftstream.frame.LiftingException where it is neither
     */
    String field(String name);
}
