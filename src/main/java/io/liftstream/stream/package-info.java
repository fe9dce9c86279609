/**
 * The Flink operators between source and sinks: their lifecycle, state, timers and metrics.
 *
 * <p>{@code README.md} beside this file lists the rules of order and the test that holds each.
 */
package io.liftstream.stream;
