/**
 * Coloured clouds in Google's Draco format, as its specification of the bitstream and its reference
 * implementation define it. Knows arrays only.
 */
package io.liftstream.files.draco;
