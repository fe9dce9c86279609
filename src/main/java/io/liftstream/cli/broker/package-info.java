/** A Kafka broker on this machine, for people and programs that have none. */
package io.liftstream.cli.broker;
