package io.liftstream.kafka;

import java.time.Duration;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What the sinks promise.
 *
 * @param guarantee at least once or exactly once
 * @param transactionalIdPrefix the job's; each sink appends its own name
 * @param transactionTimeout the broker aborts transactions open for longer
 * @param restartBudget how long a restart may take without losing transactions
 * @param maxResultBytes size of the largest value that the sink of results will be given, bytes
 * @param maxRejectionBytes as above, of rejections
 */
public record SinkSettings(
        DeliveryGuarantee guarantee,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        Duration restartBudget,
        int maxResultBytes,
        int maxRejectionBytes) {}
