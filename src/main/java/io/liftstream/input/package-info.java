/**
 * Reads the records of the frames topic, whatever their format: who sent a frame and when, and the
 * image in it. A record of another kind than the configured one is refused with what it looks like.
 */
package io.liftstream.input;
