package io.liftstream.lifting.calibration;

import io.liftstream.frame.Intrinsics;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A camera as it was calibrated, with the pictures' size that its numbers are for.
 *
 * @param width columns of the calibrated pictures, pixels
 * @param height rows of the calibrated pictures, pixels
 * @param intrinsics of the distorted picture, pixels: K, not P
 * @param model how the lens bends rays
 * @param parameters of the model, in its order
 */
public record CameraCalibration(
        int width, int height, Intrinsics intrinsics, LensModel model, List<Double> parameters)
        implements Serializable {

    private static final double LARGEST_FOCAL = 1e9;

    /** {@return what is wrong with the numbers, what they are and what would be right, or null} */
    public String problem() {
        if (width < 1 || height < 1) {
            return "size is " + width + " x " + height + ": give that of the calibrated pictures";
        }
        if (!isFocal(intrinsics.fx()) || !isFocal(intrinsics.fy())) {
            return "focal lengths are "
                    + intrinsics.fx()
                    + ", "
                    + intrinsics.fy()
                    + ": must be positive pixels; K[0] = 0 means that the camera is not calibrated";
        }
        if (!isInside(intrinsics.cx(), width) || !isInside(intrinsics.cy(), height)) {
            return "principal point is "
                    + intrinsics.cx()
                    + ", "
                    + intrinsics.cy()
                    + ": must lie in the picture of "
                    + width
                    + " x "
                    + height;
        }
        return parametersProblem();
    }

    private String parametersProblem() {
        if (!model.takes(parameters.size())) {
            return model.wireName()
                    + " has "
                    + parameters.size()
                    + " parameters: must be "
                    + model.parameterCount();
        }
        for (double parameter : parameters) {
            if (!Double.isFinite(parameter)) {
                return "parameters of "
                        + model.wireName()
                        + " are "
                        + parameters.stream().map(String::valueOf).collect(Collectors.joining(", "))
                        + ": must be finite";
            }
        }
        return null;
    }

    private static boolean isFocal(double focal) {
        return focal > 0 && focal <= LARGEST_FOCAL;
    }

    private static boolean isInside(double position, int size) {
        return position >= -0.5 && position <= size - 0.5;
    }

    /**
     * {@return whether pictures of this size are the calibrated ones, scaled: the same shape to
     * within one row}
     *
     * @param pictureWidth columns, pixels
     * @param pictureHeight rows, pixels
     */
    public boolean fits(int pictureWidth, int pictureHeight) {
        return Math.abs((double) height * pictureWidth / width - pictureHeight) < 1;
    }

    /**
     * {@return the intrinsics of pictures of another size}
     *
     * @param pictureWidth columns, pixels
     * @param pictureHeight rows, pixels
     */
    public Intrinsics intrinsics(int pictureWidth, int pictureHeight) {
        return intrinsics.scaled((double) pictureWidth / width, (double) pictureHeight / height);
    }

    /**
     * {@return the rays of pictures that {@link #fits}, at another size}
     *
     * @param pictureWidth columns, pixels
     * @param pictureHeight rows, pixels
     */
    public RayTable rays(int pictureWidth, int pictureHeight) {
        return RayTable.of(
                model.lens(parameters),
                intrinsics(pictureWidth, pictureHeight),
                pictureWidth,
                pictureHeight);
    }
}
