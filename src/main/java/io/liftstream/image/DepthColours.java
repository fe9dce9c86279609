package io.liftstream.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgproc.COLORMAP_INFERNO;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.applyColorMap;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures of maps of numbers for people: the inferno colours, bright for large. Stateless. */
public final class DepthColours {

    static {
        OpenCv.prepare();
    }

    private DepthColours() {}

    /**
     * Colours a map.
     *
     * @param values row-major; NaN is black
     * @param width columns
     * @param height rows
     * @param lo the value of the darkest colour
     * @param hi the value of the brightest colour
     * @return an image of the map's size
     */
    public static RgbImage of(float[] values, int width, int height, float lo, float hi) {
        byte[] levels = new byte[values.length];
        float scale = hi > lo ? 255f / (hi - lo) : 0f;
        for (int i = 0; i < levels.length; i++) {
            float level = (values[i] - lo) * scale;
            levels[i] = (byte) (int) Math.max(0f, Math.min(255f, level));
        }
        byte[] rgb = new byte[3 * values.length];
        try (BytePointer grey = new BytePointer(levels);
                Mat source = new Mat(height, width, CV_8UC1, grey);
                Mat coloured = new Mat()) {
            applyColorMap(source, coloured, COLORMAP_INFERNO);
            cvtColor(coloured, coloured, COLOR_BGR2RGB);
            coloured.data().get(rgb);
        }
        return new RgbImage(width, height, rgb);
    }
}
