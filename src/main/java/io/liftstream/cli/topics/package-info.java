/** The topics of a job: created, and checked as the job's start checks them. */
package io.liftstream.cli.topics;
