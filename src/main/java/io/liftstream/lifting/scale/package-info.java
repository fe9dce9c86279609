/**
 * The scale of relative depth over the frames of one camera: pure functions of frames in order and
 * their capture times. No networks, no Flink, no clock.
 */
package io.liftstream.lifting.scale;
