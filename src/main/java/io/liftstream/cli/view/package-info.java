/**
 * The program {@code view}: results in a browser while they come, and Foxglove's WebSocket protocol
 * for the viewers that people have. A feed hands frames to {@link NewestFrames}; every connection
 * takes from there what it can, through an {@link Outbox} of its own.
 */
package io.liftstream.cli.view;
