/** Calibrated cameras: lens models, and the ray of every pixel. Knows no images and no depth. */
package io.liftstream.lifting.calibration;
