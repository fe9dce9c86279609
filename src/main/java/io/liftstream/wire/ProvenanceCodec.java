package io.liftstream.wire;

import io.liftstream.frame.Provenance;

/** Provenance to its message. */
final class ProvenanceCodec {

    private ProvenanceCodec() {}

    static io.liftstream.proto.v1.Provenance toMessage(Provenance provenance) {
        return io.liftstream.proto.v1.Provenance.newBuilder()
                .setTopic(provenance.topic())
                .setPartition(provenance.partition())
                .setOffset(provenance.offset())
                .build();
    }
}
