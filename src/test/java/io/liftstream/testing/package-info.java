/**
 * Support for tests of the whole job: a real broker, the job on a real Flink, and what came out of
 * it. Nothing here imitates a component.
 */
package io.liftstream.testing;
