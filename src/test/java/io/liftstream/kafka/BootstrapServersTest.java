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
                "127.0.0.1:1 | 127.0.0.1:1: the connection is refused; is Kafka running there? Start a"
                        + " broker here with: liftstream broker start",
                "no-such-host.invalid:9092 | the host name no-such-host.invalid cannot be found; check its"
                        + " spelling and your DNS, or start a broker here with: liftstream broker"
                        + " start",
                "localhost | localhost: the port is missing; write host:port, such as localhost:9092",
                "localhost:http | this is not host:port; write host:port, such as 127.0.0.1:9092",
                "127.0.0.1:1, localhost | : localhost: the port is missing; write host:port",
                "127.0.0.1:1, no-such-host.invalid:9 | 127.0.0.1:1: the connection is refused,"
                        + " no-such-host.invalid:9: the host name no-such-host.invalid cannot be found; is Kafka",
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
