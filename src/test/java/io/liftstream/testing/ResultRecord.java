package io.liftstream.testing;

import io.liftstream.wire.ReadResult;
import java.util.Map;

/**
 * A record of the depth topic.
 *
 * @param key its key as text
 * @param headers its headers as text
 * @param brokerTimeMillis its Kafka timestamp
 * @param value its value as it was on the topic
 * @param read what the value says
 */
public record ResultRecord(
        String key,
        Map<String, String> headers,
        long brokerTimeMillis,
        byte[] value,
        ReadResult read) {}
