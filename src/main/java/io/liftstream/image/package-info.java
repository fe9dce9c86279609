/**
 * Images and arrays: decoding, the tensors that networks read, NumPy files. No Flink, no Kafka, no
 * network runtime.
 */
package io.liftstream.image;
