package io.liftstream.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {
    private static final int TRIES = 50;

    @Test
    void aFreePortIsNoneThatAnOutgoingConnectionTakes() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket outgoing = new Socket(server.getInetAddress(), server.getLocalPort())) {
            for (int i = 0; i < TRIES; i++) {
                assertThat(LoopbackPort.free()).isLessThan(32_768);
            }
            assertThat(outgoing.getLocalPort()).isGreaterThanOrEqualTo(32_768);
        }
    }

    @Test
    void aPortOnWhichSomethingListensIsNotFree() throws IOException {
        int port = LoopbackPort.free();
        assertThat(LoopbackPort.isFree(port)).isTrue();
        try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(LoopbackPort.isFree(server.getLocalPort())).isFalse();
        }
    }
}
