/**
 * Surfaces in a grid of distances: where they end, and meshes of them. Knows arrays only: no
 * networks, no wire, no files.
 */
package io.liftstream.lifting.surface;
