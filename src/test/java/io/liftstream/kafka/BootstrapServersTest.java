package io.liftstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapServersTest {
    private static final String REFUSED = "127.0.0.1:1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:1 | 127.0.0.1:1: the connection is refused; is Kafka running there? liftstream"
                        + " broker start runs one on 127.0.0.1",
                "no-such-host.invalid:9092 | there is no host no-such-host.invalid",
                "localhost | localhost must be host:port, such as broker:9092",
                "127.0.0.1:1, localhost | localhost must be host:port",
                "127.0.0.1:1, no-such-host.invalid:9 | 127.0.0.1:1: the connection is refused,"
                        + " no-such-host.invalid:9: there is no host no-such-host.invalid",
                "http://127.0.0.1:1 | the connection is refused",
            })
    void whyNoBrokerTakesAConnectionIsSaid(String servers, String fault) {
        assertThat(BootstrapServers.fault(servers).orElseThrow())
                .startsWith("kafka.bootstrap-servers is " + servers)
                .contains(fault);
    }

    @Test
    void oneThatTakesConnectionsIsEnough() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(BootstrapServers.fault(REFUSED + ",127.0.0.1:" + server.getLocalPort()))
                    .isEmpty();
        }
    }

    @Test
    void oneAddressOfANameThatTakesConnectionsIsEnough() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            InetAddress down = InetAddress.getByName("127.0.0.2");
            int port = server.getLocalPort();

            assertThat(
                            BootstrapServers.fault(
                                    List.of(down, InetAddress.getLoopbackAddress()), port))
                    .isEmpty();
            assertThat(BootstrapServers.fault(List.of(down), port))
                    .hasValue("the connection is refused");
        }
    }

    @Test
    void settingsThatKafkasClientRefusesAreSaidInItsWords() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            KafkaSettings settings =
                    new KafkaSettings(
                            "127.0.0.1:" + server.getLocalPort(),
                            "group",
                            Map.of("security.protocol", "TLS"));

            assertThatThrownBy(() -> new TopicChecks(settings))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Kafka's client refuses")
                    .hasMessageContaining("Invalid value TLS for configuration security.protocol");
        }
    }
}
