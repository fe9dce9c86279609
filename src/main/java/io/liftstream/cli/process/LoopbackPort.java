package io.liftstream.cli.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine that only this machine reaches. */
public final class LoopbackPort {

    /** The address that everything on these ports listens on. */
    public static final String ADDRESS = "127.0.0.1";

    private static final int HIGHEST = 65535;

    // Systems take the ports of outgoing connections from above: Linux from 32768, others from
    // 49152. One of those could be taken before a server listens on it, or while it restarts.
    private static final int LOWEST_FREE = 10_000;
    private static final int HIGHEST_FREE = 32_767;
    private static final int ATTEMPTS = 1_000;

    private LoopbackPort() {}

    /**
     * {@return a port that is free, and that no outgoing connection takes}
     *
     * @throws IOException where there is none
     */
    public static int free() throws IOException {
        return ThreadLocalRandom.current()
                .ints(ATTEMPTS, LOWEST_FREE, HIGHEST_FREE + 1)
                .filter(LoopbackPort::isFree)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IOException(
                                        "no port from "
                                                + LOWEST_FREE
                                                + " to "
                                                + HIGHEST_FREE
                                                + " is free"));
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
