/**
 * Runs depth networks: ONNX Runtime sessions, execution providers, and which networks are open at a
 * time. The only package that uses ONNX Runtime itself. It knows nothing of cameras, frames or
 * geometry.
 */
package io.liftstream.network;
