package io.liftstream.cli.bench;

/**
 * One run over the backlog.
 *
 * @param depthTopic takes its results, and nothing else
 * @param rejectedTopic takes its rejections
 * @param meter counts its frames
 */
record BenchRun(String depthTopic, String rejectedTopic, Meter meter) {}
