package io.liftstream.cli.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine that only this machine reaches. */
public final class LoopbackPort {

    /** The address that everything on these ports listens on. */
    public static final String ADDRESS = "127.0.0.1";

    private static final int HIGHEST = 65535;

    private LoopbackPort() {}

    /**
     * {@return a port that was free a moment ago}
     *
     * @throws IOException where there is none
     */
    public static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * {@return whether it is a port and nothing listens there}
     *
     * @param port from 1 to 65535
     */
    public static boolean isFree(int port) {
        if (port < 1 || port > HIGHEST) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
