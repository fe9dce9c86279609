package io.liftstream.image;

/**
 * A component in a scan, with the tables that the scan names for it.
 *
 * @param component of the frame
 * @param dc the table of the first coefficient; null where the scan needs none
 * @param ac the table of the others; null where the scan needs none
 */
record JpegScanComponent(JpegComponent component, JpegHuffmanTable dc, JpegHuffmanTable ac) {}
