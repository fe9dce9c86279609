package io.liftstream.cli;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that is not what its topic is for. */
final class ForeignRecord {

    private ForeignRecord() {}

    /** One line for the user. */
    static String complaint(ConsumerRecord<?, ?> record, String expected, Exception cause) {
        return record.topic()
                + "/"
                + record.partition()
                + "/"
                + record.offset()
                + " is no "
                + expected
                + ": "
                + cause.getMessage();
    }
}
