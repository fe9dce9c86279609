/**
 * Depth networks: where their files come from, what is known about them, and the ONNX Runtime
 * sessions that run them. The only package that uses {@code ai.onnxruntime}.
 */
package io.liftstream.inference;
