/**
 * Which models there are: catalogue entries, what a message may name, and how a name becomes a
 * file.
 */
package io.liftstream.model.catalogue;
