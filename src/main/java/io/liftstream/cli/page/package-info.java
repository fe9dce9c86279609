/** Pages that show point clouds to turn: what the browser draws, and how little of it is enough. */
package io.liftstream.cli.page;
