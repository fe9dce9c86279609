/**
 * What was lifted, as the messages that Foxglove, Lichtblick and Rerun show. The only user of the
 * generated classes of {@code proto/foxglove}; knows neither Flink nor Kafka.
 */
package io.liftstream.foxglove;
