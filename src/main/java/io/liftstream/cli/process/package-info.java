/** Processes of this machine that commands start, find again and end. */
package io.liftstream.cli.process;
