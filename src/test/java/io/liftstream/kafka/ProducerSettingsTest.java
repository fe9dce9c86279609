package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

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
