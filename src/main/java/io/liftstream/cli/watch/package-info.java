/** Tells what a running job does: from Flink's REST API and from the brokers, as lines to read. */
package io.liftstream.cli.watch;
