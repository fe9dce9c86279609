package io.liftstream.kafka;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether anything listens where the brokers should be. Kafka's client tries again until its time
 * is up, and then does not say why it could not connect.
 */
final class BootstrapServers {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String NOT_FOUND = " cannot be found";

    private BootstrapServers() {}

    /**
     * Connects to one after the other until one takes the connection.
     *
     * @param servers host:port, separated by commas
     * @return why none does, in one line; empty where one does
     */
    static Optional<String> fault(String servers) {
        List<String> named = Stream.of(servers.split(",")).map(String::strip).toList();
        List<String> malformed = named.stream().filter(server -> !isAddress(server)).toList();
        if (!malformed.isEmpty()) {
            return Optional.of(is(servers) + faultOfForm(malformed.get(0), named.size() > 1));
        }
        List<String> faults = new ArrayList<>();
        boolean known = false;
        for (String server : named) {
            Optional<String> fault = faultOf(server);
            if (fault.isEmpty()) {
                return Optional.empty();
            }
            known |= !fault.get().endsWith(NOT_FOUND);
            faults.add((named.size() == 1 ? "" : server + ": ") + fault.get());
        }
        return Optional.of(
                is(servers)
                        + String.join(", ", faults)
                        + (known
                                ? "; is Kafka running there? Start a broker here with: "
                                : "; check its spelling and your DNS, or start a broker here with: ")
                        + "liftstream broker start");
    }

    private static String faultOfForm(String server, boolean oneOfSeveral) {
        String subject = oneOfSeveral ? server + ": " : "";
        boolean hasPort = server.contains(":");
        return subject
                + (hasPort ? "this is not host:port" : "the port is missing")
                + "; write host:port, such as "
                + (hasPort || server.isEmpty() ? "127.0.0.1" : server)
                + ":9092";
    }

    private static String is(String servers) {
        return "kafka.bootstrap-servers is " + servers + ": ";
    }

    private static boolean isAddress(String server) {
        return Utils.getHost(server) != null && Utils.getPort(server) != null;
    }

    private static Optional<String> faultOf(String server) {
        String host = Utils.getHost(server);
        try {
            return fault(List.of(InetAddress.getAllByName(host)), Utils.getPort(server));
        } catch (UnknownHostException e) {
            return Optional.of("the host name " + host + NOT_FOUND);
        }
    }

    /** One name may stand for all brokers, of which some are down: the last one's fault is told. */
    static Optional<String> fault(List<InetAddress> addresses, int port) {
        Optional<String> fault = Optional.empty();
        for (InetAddress address : addresses) {
            fault = faultOf(new InetSocketAddress(address, port));
            if (fault.isEmpty()) {
                return fault;
            }
        }
        return fault;
    }

    private static Optional<String> faultOf(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) TIMEOUT.toMillis());
            return Optional.empty();
        } catch (ConnectException e) {
            return Optional.of("the connection is refused");
        } catch (SocketTimeoutException e) {
            return Optional.of("no connection within " + TIMEOUT.toSeconds() + " s");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT));
        }
    }
}
