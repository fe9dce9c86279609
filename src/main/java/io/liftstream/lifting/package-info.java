/**
 * Depth estimation and lifting into 3D: the same contract for a caller in Java and for the
 * streaming job. No Flink, no Kafka.
 */
package io.liftstream.lifting;
