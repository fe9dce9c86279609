/**
 * Checkpoints of Depth Anything V1 and V2, PyTorch's and safetensors, read without Python and
 * turned into ONNX. The reader can only build tensors, dictionaries, lists, numbers and strings:
 * nothing in a file is ever executed.
 */
package io.liftstream.model.checkpoint;
