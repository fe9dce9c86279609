package io.liftstream.wire;

import io.liftstream.frame.ForeignText;
import io.liftstream.frame.Provenance;

/** Provenance to its message and back. */
final class ProvenanceCodec {

    private ProvenanceCodec() {}

    static io.liftstream.proto.v1.Provenance toMessage(Provenance provenance) {
        return io.liftstream.proto.v1.Provenance.newBuilder()
                .setTopic(provenance.topic())
                .setPartition(provenance.partition())
                .setOffset(provenance.offset())
                .build();
    }

    /** Where a frame was read; of when, messages say nothing. */
    static Provenance fromMessage(io.liftstream.proto.v1.Provenance message) {
        return new Provenance(
                ForeignText.printable(message.getTopic()),
                message.getPartition(),
                message.getOffset(),
                0);
    }
}
