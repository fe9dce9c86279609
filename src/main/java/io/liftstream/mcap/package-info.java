/**
 * Writes and reads MCAP files, the recordings of robots (https://mcap.dev/spec). Needs the JDK, lz4
 * and zstd alone; knows nothing of what the messages mean.
 */
package io.liftstream.mcap;
