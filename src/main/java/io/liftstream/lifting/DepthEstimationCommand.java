package io.liftstream.lifting;

import io.liftstream.frame.LiftingException;
import io.liftstream.frame.RejectionReason;
import java.nio.file.Path;

/**
 * What to lift and how; immutable. Made with {@link #ofImage(byte[])} or {@link #ofPath(String)}.
 *
 * <p>Arrays are taken as they are, without a copy: the caller no longer writes to them.
 */
public final class DepthEstimationCommand {
    private final byte[] imageBytes;
    private final String imagePath;
    private final String modelBackend;
    private final boolean returnDepthImage;
    private final boolean returnPointCloud;
    private final boolean returnMesh;
    private final boolean returnDistances;
    private final DepthEstimationAdvanceConfig advancedConfig;
    private final SuppliedDepth suppliedDepth;

    private DepthEstimationCommand(Builder builder) {
        imageBytes = builder.imageBytes;
        imagePath = builder.imagePath;
        modelBackend = builder.modelBackend;
        returnDepthImage = builder.returnDepthImage;
        returnPointCloud = builder.returnPointCloud;
        returnMesh = builder.returnMesh;
        returnDistances = builder.returnDistances;
        advancedConfig = builder.advancedConfig;
        suppliedDepth = builder.suppliedDepth;
    }

    /**
     * Starts a command for an encoded image: JPEG, PNG, WebP, BMP, TIFF or GIF.
     *
     * @param encoded the image's file, which nobody may write to any more
     * @return a builder
     */
    public static Builder ofImage(byte[] encoded) {
        if (encoded == null) {
            throw invalid("image_input", null, "give the bytes of an encoded image");
        }
        return new Builder(encoded, null);
    }

    /**
     * Starts a command for an image file, named by a path or a {@code file:} URI.
     *
     * @param pathOrUri of an image file
     * @return a builder
     */
    public static Builder ofPath(String pathOrUri) {
        if (pathOrUri == null) {
            throw invalid("image_input", null, "give the path of an image file");
        }
        return new Builder(null, pathOrUri);
    }

    /**
     * Starts a command for an image file.
     *
     * @param path of an image file
     * @return a builder
     */
    public static Builder ofPath(Path path) {
        return ofPath(path.toString());
    }

    static LiftingException invalid(String field, Object value, String remedy) {
        return new LiftingException(RejectionReason.INVALID_COMMAND, field, value, remedy);
    }

    /** {@return the encoded image, or null where a path was given} Nobody writes to it. */
    public byte[] imageBytes() {
        return imageBytes;
    }

    /** {@return the image's path or {@code file:} URI, or null where bytes were given} */
    public String imagePath() {
        return imagePath;
    }

    /**
     * {@return the model: a catalogue name, a file or an HTTPS URL; null means the configured one}
     */
    public String modelBackend() {
        return modelBackend;
    }

    /** {@return whether the 16-bit depth image is wanted} */
    public boolean returnDepthImage() {
        return returnDepthImage;
    }

    /** {@return whether the point cloud is wanted} */
    public boolean returnPointCloud() {
        return returnPointCloud;
    }

    /** {@return whether the mesh is wanted} */
    public boolean returnMesh() {
        return returnMesh;
    }

    /** {@return whether the distance of each pixel, metres, is wanted} */
    public boolean returnDistances() {
        return returnDistances;
    }

    /** {@return the camera and scale parameters, never null} */
    public DepthEstimationAdvanceConfig advancedConfig() {
        return advancedConfig;
    }

    /** {@return the depth map that takes the network's place, or null} */
    public SuppliedDepth suppliedDepth() {
        return suppliedDepth;
    }

    /** Sets what is not required. */
    public static final class Builder {
        private final byte[] imageBytes;
        private final String imagePath;
        private String modelBackend;
        private boolean returnDepthImage;
        private boolean returnPointCloud;
        private boolean returnMesh;
        private boolean returnDistances;
        private DepthEstimationAdvanceConfig advancedConfig = DepthEstimationAdvanceConfig.EMPTY;
        private SuppliedDepth suppliedDepth;

        private Builder(byte[] imageBytes, String imagePath) {
            this.imageBytes = imageBytes;
            this.imagePath = imagePath;
        }

        /**
         * The model; null (the default) means the configured one.
         *
         * @param value a catalogue name, a file or an HTTPS URL, or null
         * @return this builder
         */
        public Builder modelBackend(String value) {
            modelBackend = value;
            return this;
        }

        /**
         * Asks for the 16-bit depth image; default false.
         *
         * @param value whether it is wanted
         * @return this builder
         */
        public Builder returnDepthImage(boolean value) {
            returnDepthImage = value;
            return this;
        }

        /**
         * Asks for the point cloud; default false.
         *
         * @param value whether it is wanted
         * @return this builder
         */
        public Builder returnPointCloud(boolean value) {
            returnPointCloud = value;
            return this;
        }

        /**
         * Asks for the mesh; default false.
         *
         * @param value whether it is wanted
         * @return this builder
         */
        public Builder returnMesh(boolean value) {
            returnMesh = value;
            return this;
        }

        /**
         * Asks for the distance of each pixel along the optical axis, metres; default false.
         *
         * @param value whether it is wanted
         * @return this builder
         */
        public Builder returnDistances(boolean value) {
            returnDistances = value;
            return this;
        }

        /**
         * Camera and scale parameters; default none set.
         *
         * @param value not null
         * @return this builder
         */
        public Builder advancedConfig(DepthEstimationAdvanceConfig value) {
            advancedConfig = value;
            return this;
        }

        /**
         * A depth map that takes the network's place; null (the default) means none.
         *
         * @param value of the image's size, or null
         * @return this builder
         */
        public Builder suppliedDepth(SuppliedDepth value) {
            suppliedDepth = value;
            return this;
        }

        /** {@return the command; its values are checked when it runs} */
        public DepthEstimationCommand build() {
            return new DepthEstimationCommand(this);
        }
    }
}
