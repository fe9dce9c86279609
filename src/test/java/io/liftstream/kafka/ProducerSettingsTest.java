package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.job.ConfigurationLoader;
import io.liftstream.job.JobSettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ProducerSettingsTest {

    @Test
    void aResultOfAVgaPictureFitsABufferThatIsUsedAgain() {
        Properties properties = of(64 << 20, Map.of());

        assertThat(number(properties, ProducerConfig.BATCH_SIZE_CONFIG)).isGreaterThan(6_200_000);
        assertThat(number(properties, ProducerConfig.BUFFER_MEMORY_CONFIG))
                .isGreaterThanOrEqualTo(number(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
    }

    @Test
    void aBatchIsNeverLargerThanWhatTheTopicMustTake() {
        Properties properties = of(1 << 20, Map.of());

        assertThat(number(properties, ProducerConfig.BATCH_SIZE_CONFIG))
                .isEqualTo(number(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
    }

    /** What waits to be sent lies in Java's heap, of each subtask of both sinks. */
    @Test
    void theBuffersOfTheDefaultsLeaveRoomInAHeapOfASmallMachine() {
        SinkSettings sink =
                JobSettingsReader.read(
                                ConfigurationLoader.load(
                                        null, List.of("--kafka.bootstrap-servers=host:9092")))
                        .sink();
        long both =
                number(of(sink.maxResultBytes(), Map.of()), ProducerConfig.BUFFER_MEMORY_CONFIG)
                        + number(
                                of(sink.maxRejectionBytes(), Map.of()),
                                ProducerConfig.BUFFER_MEMORY_CONFIG);

        assertThat(both).isLessThan(200L << 20);
    }

    @Test
    void whatTheOperatorSaysOfAPropertyIsStronger() {
        Properties properties = of(1 << 20, Map.of("linger.ms", "20", "batch.size", "1000"));

        assertThat(number(properties, ProducerConfig.LINGER_MS_CONFIG)).isEqualTo(20);
        assertThat(number(properties, ProducerConfig.BATCH_SIZE_CONFIG)).isEqualTo(1000);
    }

    private static Properties of(int maxRecordBytes, Map<String, String> said) {
        return ProducerSettings.of(new KafkaSettings("host:9092", "group", said), maxRecordBytes);
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(properties.getProperty(key));
    }
}
