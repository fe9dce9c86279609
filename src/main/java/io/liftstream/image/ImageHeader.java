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
     * Reads the header.
     *
     * @throws io.liftstream.frame.LiftingException UNREADABLE_IMAGE
     */
    static ImageHeader read(EncodedBytes bytes) {
        if (bytes.length() == 0) {
            throw bytes.unreadable("it is empty; give a JPEG, PNG, WebP, BMP, TIFF or GIF");
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
                ImageFormat.ofBase64(bytes.array())
                        .map(format -> "it begins like the base64 text of a " + format)
                        .map(what -> what + "; give the decoded bytes")
                        .orElse(
                                "it does not begin like a JPEG, PNG, WebP, BMP, TIFF or GIF; give one"
                                        + " of these"));
    }
}
