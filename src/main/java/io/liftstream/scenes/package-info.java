/**
 * Rendered scenes with known depth: a deterministic ray caster that turns a seed into pictures,
 * exact depth and exact intrinsics, for the demo, the tests and the training of {@code
 * liftstream-tiny}.
 */
package io.liftstream.scenes;
