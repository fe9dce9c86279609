package io.liftstream.image;

/**
 * What an encoded image says about itself before any decoder runs.
 *
 * @param format one of the six that are read
 * @param width columns
 * @param height rows
 */
record ImageHeader(ImageFormat format, long width, long height) {

    /**
     * Reads the header and checks, as far as the format allows it without decoding, that the file
     * is whole: decoders fill what is missing with grey, and that is no measurement.
     *
     * @throws io.liftstream.frame.LiftingException UNREADABLE_IMAGE
     */
    static ImageHeader read(byte[] encoded) {
        EncodedBytes bytes = new EncodedBytes(encoded);
        if (encoded.length == 0) {
            throw bytes.unreadable("must not be empty; give a JPEG, PNG, WebP, BMP, TIFF or GIF");
        }
        for (ImageFormat format : ImageFormat.values()) {
            if (format.matches(bytes)) {
                ImageHeader header = format.readHeader(bytes);
                if (header.width < 1 || header.height < 1) {
                    throw bytes.unreadable(
                            "its header says "
                                    + header.width
                                    + " x "
                                    + header.height
                                    + " pixels; must be at least 1 x 1");
                }
                return header;
            }
        }
        throw bytes.unreadable(
                "does not begin like a JPEG, PNG, WebP, BMP, TIFF or GIF; give one of these");
    }
}
