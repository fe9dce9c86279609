package io.liftstream.image;

/** The formats that are decoded, told apart by their first bytes. */
public enum ImageFormat {
    /** JPEG. */
    JPEG {
        @Override
        boolean matches(EncodedBytes bytes) {
            return bytes.hasAscii(0, "\u00ff\u00d8\u00ff");
        }

        @Override
        ImageHeader readHeader(EncodedBytes bytes) {
            return JpegStructure.readHeader(bytes);
        }

        @Override
        void requireWhole(EncodedBytes bytes) {
            JpegStructure.requireWhole(bytes);
        }
    },
    /** PNG. */
    PNG {
        @Override
        boolean matches(EncodedBytes bytes) {
            return bytes.hasAscii(0, "\u0089PNG\r\n\u001a\n");
        }

        @Override
        ImageHeader readHeader(EncodedBytes bytes) {
            return PngStructure.readHeader(bytes);
        }

        @Override
        void requireWhole(EncodedBytes bytes) {
            PngStructure.requireWhole(bytes);
        }
    },
    /** WebP. */
    WEBP {
        @Override
        boolean matches(EncodedBytes bytes) {
            return bytes.hasAscii(0, "RIFF") && bytes.hasAscii(8, "WEBP");
        }

        @Override
        ImageHeader readHeader(EncodedBytes bytes) {
            return WebpStructure.readHeader(bytes);
        }

        @Override
        void requireWhole(EncodedBytes bytes) {
            WebpStructure.requireWhole(bytes);
        }
    },
    /** BMP. */
    BMP {
        @Override
        boolean matches(EncodedBytes bytes) {
            return bytes.hasAscii(0, "BM");
        }

        @Override
        ImageHeader readHeader(EncodedBytes bytes) {
            return BmpStructure.readHeader(bytes);
        }

        @Override
        void requireWhole(EncodedBytes bytes) {
            BmpStructure.requireWhole(bytes);
        }
    },
    /** TIFF. */
    TIFF {
        @Override
        boolean matches(EncodedBytes bytes) {
            return bytes.hasAscii(0, "II*\0") || bytes.hasAscii(0, "MM\0*");
        }

        @Override
        ImageHeader readHeader(EncodedBytes bytes) {
            return TiffStructure.readHeader(bytes);
        }

        @Override
        void requireWhole(EncodedBytes bytes) {
            TiffStructure.requireWhole(bytes);
        }
    },
    /** GIF; its first frame. */
    GIF {
        @Override
        boolean matches(EncodedBytes bytes) {
            return bytes.hasAscii(0, "GIF87a") || bytes.hasAscii(0, "GIF89a");
        }

        @Override
        ImageHeader readHeader(EncodedBytes bytes) {
            return GifStructure.readHeader(bytes);
        }

        @Override
        void requireWhole(EncodedBytes bytes) {
            GifStructure.requireWhole(bytes);
        }
    };

    /** Whether a file begins like this format. */
    abstract boolean matches(EncodedBytes bytes);

    /** The header of a file that begins like this format. */
    abstract ImageHeader readHeader(EncodedBytes bytes);

    /**
     * Refuses a file that ends early, as far as the format shows it without decoding: decoders fill
     * what is missing with grey, and that is no measurement.
     */
    abstract void requireWhole(EncodedBytes bytes);
}
