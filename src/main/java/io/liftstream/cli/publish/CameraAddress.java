package io.liftstream.cli.publish;

import io.liftstream.job.InvalidConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a live camera is reached: an RTSP address, or a device of Video4Linux.
 *
 * @param text as the user typed it
 */
record CameraAddress(String text) {
    private static final Pattern RTSP = Pattern.compile("rtsps?://.+");
    private static final Pattern DEVICE = Pattern.compile("/dev/video[0-9]+");

    /** Everything up to the last @ before the path: user and password. */
    private static final Pattern USER = Pattern.compile("(?<=//)[^/]*@");

    /** Whether a source is a live camera rather than a recording. */
    static boolean isLive(String source) {
        return RTSP.matcher(source).matches() || DEVICE.matcher(source).matches();
    }

    boolean isDevice() {
        return DEVICE.matcher(text).matches();
    }

    /** Without user and password, for messages. */
    @Override
    public String toString() {
        return USER.matcher(text).replaceFirst("");
    }

    /**
     * Refuses a device that is not there.
     *
     * @throws InvalidConfigurationException naming it
     */
    void requireThere() {
        Path device = Path.of(isDevice() ? text : "/");
        if (!Files.exists(device)) {
            throw new InvalidConfigurationException(
                    List.of(
                            text
                                    + " does not exist: connect the camera, and list what is there with:"
                                    + " ls /dev/video*"));
        }
        if (!Files.isReadable(device)) {
            throw new InvalidConfigurationException(
                    List.of(text + " cannot be read: join the group of the device, mostly video"));
        }
    }
}
