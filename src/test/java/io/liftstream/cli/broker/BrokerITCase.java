package io.liftstream.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.cli.process.LocalProcess;
import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker as users start and stop it. */
class BrokerITCase {
    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @AfterEach
    void stop() throws Exception {
        new LocalBroker(folder).close();
    }

    @Test
    void itKeepsItsTopicsFromOneStartToTheNextEvenIfKilled() throws Exception {
        int port = LoopbackPort.free();
        assertThat(start(port)).as(command.complaints()).isZero();
        String address = "127.0.0.1:" + port;
        assertThat(command.output()).contains("Kafka serves " + address + ", data in " + folder);
        assertThat(run("topics", "create", "--bootstrap-servers", address))
                .as(command.complaints())
                .isZero();
        assertThat(start(port)).isZero();
        assertThat(command.output()).contains("Kafka serves " + address + " already");

        new LocalBroker(folder).process().kill();
        assertThat(start(port)).as(command.complaints()).isZero();
        assertThat(run("topics", "check", "--bootstrap-servers", address))
                .as(command.output())
                .isZero();

        assertThat(run("broker", "stop", "--data", folder.toString())).isZero();
        assertThat(command.output()).contains("its data stays in " + folder);
        assertThat(LoopbackPort.isFree(port)).isTrue();
        assertThat(run("broker", "stop", "--data", folder.toString())).isEqualTo(1);
        assertThat(command.output()).contains("No broker runs on the data in " + folder);
    }

    @Test
    void aPortThatIsTakenIsRefusedBeforeAnythingIsWritten() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(start(taken.getLocalPort())).isEqualTo(2);
            assertThat(command.complaints())
                    .contains("option --port is " + taken.getLocalPort() + ": another program");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aBrokerThatIsNotReadyInTimeIsStopped() throws Exception {
        LocalBroker broker = new LocalBroker(folder);
        broker.start(LoopbackPort.free());
        LocalProcess process = broker.process();

        assertThatThrownBy(() -> broker.awaitAddress(Duration.ofMillis(1)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "the Kafka broker is not ready after 1 ms\n==== " + process.log());
        assertThat(process.isRunning()).isFalse();
        assertThat(folder.resolve("broker.pid")).doesNotExist();
    }

    private int start(int port) {
        return run(
                "broker", "start", "--data", folder.toString(), "--port", Integer.toString(port));
    }

    private int run(String... words) {
        return command.run(words);
    }
}
