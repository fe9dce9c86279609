package io.liftstream.lifting;

import io.liftstream.image.ImageSize;

/** At which size results come. */
public enum ResultSize {
    /** The picture's: what the network says is resized to it. */
    IMAGE {
        @Override
        ImageSize of(ImageSize picture, ImageSize network) {
            return picture;
        }
    },
    /**
     * The network's output, unless the picture has fewer pixels: nothing is made up between the
     * values that the network gave. The picture is shrunk to it.
     */
    NETWORK {
        @Override
        ImageSize of(ImageSize picture, ImageSize network) {
            return network.pixels() < picture.pixels() ? network : picture;
        }
    };

    /**
     * The size of a picture's result.
     *
     * @param network size of the network's output
     */
    abstract ImageSize of(ImageSize picture, ImageSize network);
}
