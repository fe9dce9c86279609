package io.liftstream.lifting.calibration;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ray tables of the cameras that were seen last, at most 64 of them: to make one takes as long
 * as to lift tens of frames. Not thread safe.
 */
public final class RayTables {
    private static final int MAX_TABLES = 64;

    private record Key(CameraCalibration calibration, int width, int height) {}

    private final Map<Key, RayTable> tables =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, RayTable> eldest) {
                    return size() > MAX_TABLES;
                }
            };

    /**
     * {@return the rays of a calibrated camera's pictures}
     *
     * @param calibration of the camera
     * @param width columns of the result, pixels
     * @param height rows of the result, pixels
     */
    public RayTable of(CameraCalibration calibration, int width, int height) {
        return tables.computeIfAbsent(
                new Key(calibration, width, height), key -> calibration.rays(width, height));
    }
}
