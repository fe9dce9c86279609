package io.liftstream.input;

import java.io.Serializable;

/**
 * How the records of the frames topic are read.
 *
 * @param format of the values
 * @param framing before the values
 * @param camera where a frame's camera is found; a {@code CameraFrame} says it itself
 * @param time where its capture time is found; a {@code CameraFrame} says it itself
 * @param image JSON pointer of the image in a JSON object
 */
public record InputSettings(
        InputFormat format,
        InputFraming framing,
        ValueSource camera,
        ValueSource time,
        String image)
        implements Serializable {

    /** {@code CameraFrame} messages without framing. */
    public static final InputSettings LIFTSTREAM =
            new InputSettings(
                    InputFormat.LIFTSTREAM,
                    InputFraming.NONE,
                    ValueSource.KEY,
                    ValueSource.RECORD,
                    "/image");
}
