package io.liftstream.cli.lift;

import io.liftstream.image.Grey16Range;
import io.liftstream.image.ImageDecoder;
import io.liftstream.image.Orientation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How {@code lift} makes pixels of image files. */
final class PictureArguments {

    @Option(
            names = "--ignore-orientation",
            description =
                    "Lift the pixels as they are stored. Otherwise an image is turned as its EXIF"
                            + " orientation says, unless --depth is given: depth files are of the"
                            + " stored pixels.")
    private boolean ignoreOrientation;

    @Option(
            names = "--grey16-range",
            paramLabel = "auto|LO:HI",
            converter = RangeConverter.class,
            description =
                    "Values of 16-bit grey images that become black and white. Default: auto, each"
                            + " image's own; such as 20000:40000, the same for all.")
    private Grey16Range grey16Range = Grey16Range.auto();

    /** For images whose depth is estimated. */
    ImageDecoder decoder() {
        return ignoreOrientation ? storedPixels() : storedPixels().upright();
    }

    /** Whatever EXIF says. */
    ImageDecoder storedPixels() {
        return new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS).withGrey16Range(grey16Range);
    }

    /**
     * What was done with an image's EXIF orientation: {@code upright} where it asks for nothing.
     */
    String orientation(Path image, boolean estimated) throws IOException {
        if (storedPixels().orientation(Files.readAllBytes(image)) == Orientation.UPRIGHT) {
            return "upright";
        }
        return estimated && !ignoreOrientation ? "applied" : "ignored";
    }

    /** Says what would be right. */
    private static final class RangeConverter implements ITypeConverter<Grey16Range> {
        @Override
        public Grey16Range convert(String value) {
            try {
                return Grey16Range.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
