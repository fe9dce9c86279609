package io.liftstream.cli.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Size of the frames' pictures.
 *
 * @param width columns, pixels
 * @param height rows, pixels
 */
record PictureSize(int width, int height) {
    private static final Pattern WORDS = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

    @Override
    public String toString() {
        return width + "x" + height;
    }

    /** Reads {@code 640x480}. */
    static final class Converter implements ITypeConverter<PictureSize> {
        @Override
        public PictureSize convert(String word) {
            Matcher size = WORDS.matcher(word);
            if (!size.matches()) {
                throw new TypeConversionException(
                        "'" + word + "' is not a size; write WIDTHxHEIGHT, such as 640x480");
            }
            return new PictureSize(
                    Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
        }
    }
}
