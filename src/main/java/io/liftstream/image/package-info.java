/** Images: decoding, and the tensors that networks read. No Flink, no Kafka, no network runtime. */
package io.liftstream.image;
