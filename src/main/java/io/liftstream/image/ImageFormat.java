package io.liftstream.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

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
        byte[] requireWhole(EncodedBytes bytes) {
            return JpegStructure.requireWhole(bytes);
        }

        @Override
        Orientation orientation(EncodedBytes bytes) {
            return JpegStructure.orientation(bytes);
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
        byte[] requireWhole(EncodedBytes bytes) {
            return PngStructure.requireWhole(bytes);
        }

        @Override
        boolean isGrey16(EncodedBytes bytes) {
            return PngStructure.isGrey16(bytes);
        }

        @Override
        Orientation orientation(EncodedBytes bytes) {
            return PngStructure.orientation(bytes);
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
        byte[] requireWhole(EncodedBytes bytes) {
            WebpStructure.requireWhole(bytes);
            return bytes.array();
        }

        @Override
        Orientation orientation(EncodedBytes bytes) {
            return WebpStructure.orientation(bytes);
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
        byte[] requireWhole(EncodedBytes bytes) {
            BmpStructure.requireWhole(bytes);
            return bytes.array();
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
        byte[] requireWhole(EncodedBytes bytes) {
            TiffStructure.requireWhole(bytes);
            return bytes.array();
        }

        @Override
        boolean isGrey16(EncodedBytes bytes) {
            return TiffStructure.isGrey16(bytes);
        }

        @Override
        boolean whiteIsZero(EncodedBytes bytes) {
            return TiffStructure.whiteIsZero(bytes);
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
        byte[] requireWhole(EncodedBytes bytes) {
            GifStructure.requireWhole(bytes);
            return bytes.array();
        }
    };

    /** Characters that make twelve bytes, which tell every format. */
    private static final int BASE64_BEGINNING = 16;

    /**
     * {@return the format that bytes begin like, or none}
     *
     * @param encoded any bytes
     */
    public static Optional<ImageFormat> of(byte[] encoded) {
        EncodedBytes bytes = new EncodedBytes(encoded);
        return Arrays.stream(values()).filter(format -> format.matches(bytes)).findFirst();
    }

    /**
     * {@return the format whose file bytes are the base64 text of, or none}
     *
     * @param text any bytes
     */
    public static Optional<ImageFormat> ofBase64(byte[] text) {
        if (text.length < BASE64_BEGINNING) {
            return Optional.empty();
        }
        byte[] beginning = Arrays.copyOf(text, BASE64_BEGINNING);
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(new String(beginning, StandardCharsets.US_ASCII));
            // Two letters of BMP are no sign: a word can begin like that.
            return of(decoded).filter(format -> format != BMP);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a file begins like this format. */
    abstract boolean matches(EncodedBytes bytes);

    /** The header of a file that begins like this format. */
    abstract ImageHeader readHeader(EncodedBytes bytes);

    /**
     * Refuses a file that ends early or has lost pixels, as far as the format shows it without
     * decoding: decoders fill what is missing with grey, and that is no measurement.
     *
     * @return the file for the decoder: the same picture, without what would make the decoder's
     *     library write to the process's standard error
     */
    abstract byte[] requireWhole(EncodedBytes bytes);

    /** Whether the pixels are 16-bit grey without alpha. */
    boolean isGrey16(EncodedBytes bytes) {
        return false;
    }

    /** Whether 0 is the brightest value of grey pixels and not the darkest. */
    boolean whiteIsZero(EncodedBytes bytes) {
        return false;
    }

    /**
     * What is left to be done with the pixels that the decoder gives; TIFF's orientation is part of
     * the format, and its decoder's task.
     */
    Orientation orientation(EncodedBytes bytes) {
        return Orientation.UPRIGHT;
    }
}
