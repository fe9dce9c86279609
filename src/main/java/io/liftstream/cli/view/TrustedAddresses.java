package io.liftstream.cli.view;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which pages may talk to the server. A browser runs pages of others beside ours: one could give
 * its own name our address (DNS rebinding), or open a WebSocket to us, which no browser keeps it
 * from. So a request names us by an address or a name that nobody else can give away, and a
 * WebSocket comes from our page or from a viewer that is known. Immutable.
 */
final class TrustedAddresses {
    /** Foxglove's viewers: the one on the web, and the desktop's, whose pages are files. */
    private static final Set<String> VIEWERS = Set.of("https://app.foxglove.dev", "file://");

    private static final Pattern IP_LITERAL =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.%]+]");

    private final Set<String> names = new HashSet<>(Set.of("localhost"));
    private final Set<String> viewers;

    /**
     * @param bind the address or name that the server listens on
     * @param otherViewers origins of further viewers, such as {@code https://viewer.example}
     */
    TrustedAddresses(String bind, List<String> otherViewers) {
        names.add(bind.toLowerCase(Locale.ROOT));
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // Then nobody can use the name either.
        }
        viewers = new HashSet<>(VIEWERS);
        viewers.addAll(otherViewers);
    }

    /**
     * Whether a request is meant for this server.
     *
     * @param host of the request's header {@code Host}, without the port; null where there is none
     */
    boolean isOurs(String host) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return names.contains(name) || IP_LITERAL.matcher(name).matches();
    }

    /**
     * Whether a WebSocket comes from a page of this server.
     *
     * @param origin of the header {@code Origin}; null where there is none: then it is no browser
     * @param authority of the header {@code Host}, with the port
     */
    boolean isOwnPage(String origin, String authority) {
        if (origin == null) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            return "http".equals(uri.getScheme()) && authority.equals(uri.getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a WebSocket comes from a page of this server or from a viewer that is known. */
    boolean isViewer(String origin, String authority) {
        return isOwnPage(origin, authority) || viewers.contains(origin);
    }
}
