/** Depth and clouds as files that other tools read: NumPy, PLY, 16-bit PNG. */
package io.liftstream.files;
