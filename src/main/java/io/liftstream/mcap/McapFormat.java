package io.liftstream.mcap;

/** The numbers of the MCAP specification, version 0. */
final class McapFormat {
    static final int HEADER = 0x01;
    static final int FOOTER = 0x02;
    static final int SCHEMA = 0x03;
    static final int CHANNEL = 0x04;
    static final int MESSAGE = 0x05;
    static final int CHUNK = 0x06;
    static final int MESSAGE_INDEX = 0x07;
    static final int CHUNK_INDEX = 0x08;
    static final int STATISTICS = 0x0b;
    static final int SUMMARY_OFFSET = 0x0e;
    static final int DATA_END = 0x0f;

    /** Before a record's content: its opcode and its length. */
    static final int PREFIX_BYTES = 1 + Long.BYTES;

    /** Content of the footer: where summary and summary offsets begin, and a CRC. */
    static final int FOOTER_BYTES = 2 * Long.BYTES + Integer.BYTES;

    /** Content of a message before its data: channel, sequence, log time, publish time. */
    static final int MESSAGE_HEADER_BYTES = Short.BYTES + Integer.BYTES + 2 * Long.BYTES;

    private static final byte[] MAGIC = {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};

    private McapFormat() {}

    /** What a file begins and ends with. */
    static byte[] magic() {
        return MAGIC.clone();
    }
}
