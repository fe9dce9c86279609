/** A Flink cluster on this machine: JobManager and TaskManagers in JVMs of their own. */
package io.liftstream.cli.cluster;
