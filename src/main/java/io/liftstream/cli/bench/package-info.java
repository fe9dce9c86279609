/**
 * The program {@code bench}: what a frame costs in the job, beside the same work without Flink and
 * beside a loop that a user would write in Python. Every contender is a process of its own, lifts
 * the same backlog with as many threads, and is measured in the steady middle of its run ({@link
 * Meter}); they take turns.
 */
package io.liftstream.cli.bench;
