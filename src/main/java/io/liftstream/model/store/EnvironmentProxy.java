package io.liftstream.model.store;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy of {@code HTTPS_PROXY} and {@code NO_PROXY}, which Java itself does not read. Where the
 * JVM has {@code https.proxyHost}, that goes before.
 *
 * @param host of the proxy
 * @param port of the proxy
 * @param direct hosts, or endings of hosts, that are reached without it; {@code *} for all
 */
public record EnvironmentProxy(String host, int port, List<String> direct) {
    private static final int DEFAULT_PORT = 3128;

    /** The proxy that the variables name, if they name one. */
    static Optional<EnvironmentProxy> of(Map<String, String> environment) {
        String address = first(environment, "HTTPS_PROXY", "https_proxy");
        if (address.isBlank() || System.getProperty("https.proxyHost") != null) {
            return Optional.empty();
        }
        URI proxy = URI.create(address.contains("://") ? address : "http://" + address);
        List<String> direct =
                Stream.of(first(environment, "NO_PROXY", "no_proxy").split(","))
                        .map(entry -> entry.trim().toLowerCase(Locale.ROOT))
                        .map(entry -> entry.startsWith(".") ? entry.substring(1) : entry)
                        .filter(entry -> !entry.isEmpty())
                        .toList();
        int port = proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
        return Optional.ofNullable(proxy.getHost())
                .map(host -> new EnvironmentProxy(host, port, direct));
    }

    private static String first(Map<String, String> environment, String upper, String lower) {
        return environment.getOrDefault(upper, environment.getOrDefault(lower, ""));
    }

    /** How a host is reached. */
    Proxy to(String target) {
        String host = target.toLowerCase(Locale.ROOT);
        boolean isDirect =
                direct.stream()
                        .anyMatch(
                                entry ->
                                        entry.equals("*")
                                                || host.equals(entry)
                                                || host.endsWith("." + entry));
        return isDirect
                ? Proxy.NO_PROXY
                : new Proxy(Proxy.Type.HTTP, new InetSocketAddress(this.host, port));
    }
}
