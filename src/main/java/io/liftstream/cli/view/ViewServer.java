package io.liftstream.cli.view;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/**
 * One server for the page ({@code /}, with its WebSocket {@code /live}) and for viewers that speak
 * Foxglove's protocol ({@code /}). It only shows: there is nothing that a client can change.
 */
final class ViewServer implements AutoCloseable {
    /** Connections that are served at a time; more wait. */
    static final int MAX_CONNECTIONS = 64;

    private static final int MAX_TEXT_BYTES = 256 << 10;
    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int THREADS = 16;

    private final Viewers viewers;
    private final String description;
    private final TrustedAddresses trusted;
    private final FoxgloveChannels channels = new FoxgloveChannels();
    private final String sessionId = UUID.randomUUID().toString();
    private final Server server;
    private final ServerConnector connector;

    /**
     * Listens; {@link #close} ends it.
     *
     * @param port 0 for any that is free
     * @param description of what is shown, for people
     * @throws IOException where the port cannot be had
     */
    ViewServer(
            NewestFrames frames,
            String bind,
            int port,
            TrustedAddresses trusted,
            String description)
            throws IOException {
        this.viewers = new Viewers(frames);
        this.description = description;
        this.trusted = trusted;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("view");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(bind);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        WebSocketUpgradeHandler sockets = WebSocketUpgradeHandler.from(server, this::sockets);
        sockets.setHandler(new PageHandler());
        OurHostOnly root = new OurHostOnly(trusted);
        root.setHandler(sockets);
        server.setHandler(root);
        start(bind, port);
    }

    private void start(String bind, int port) throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            close();
            Throwable cause = e.getCause() instanceof BindException ? e.getCause() : e;
            throw new IOException(bind + ":" + port + " cannot be had: " + cause.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    int port() {
        return connector.getLocalPort();
    }

    private void sockets(ServerWebSocketContainer container) {
        container.setIdleTimeout(IDLE);
        container.setMaxTextMessageSize(MAX_TEXT_BYTES);
        container.setMaxBinaryMessageSize(MAX_TEXT_BYTES);
        // Frames of ours that are larger go in pieces, and so do others' to us, which are counted.
        container.setMaxFrameSize(MAX_FRAME_BYTES);
        container.setAutoFragment(true);
        container.addMapping(new ServletPathSpec("/live"), this::page);
        container.addMapping(new ServletPathSpec(""), this::foxglove);
    }

    private Object page(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (!trusted.isOwnPage(origin, authority(request))) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, foreign(origin));
        }
        return accepted(
                request,
                response,
                callback,
                List.of(PageSocket.PROTOCOL),
                new PageSocket(viewers, description));
    }

    private Object foxglove(
            ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (!trusted.isViewer(origin, authority(request))) {
            return refuse(request, response, callback, HttpStatus.FORBIDDEN_403, foreign(origin));
        }
        return accepted(
                request,
                response,
                callback,
                FoxgloveSocket.PROTOCOLS,
                new FoxgloveSocket(viewers, channels, sessionId));
    }

    private static String foreign(String origin) {
        return "pages of " + origin + " may not look: start view with --allow-origin to let them";
    }

    private static String authority(ServerUpgradeRequest request) {
        return request.getHeaders().get(HttpHeader.HOST);
    }

    private Object accepted(
            ServerUpgradeRequest request,
            ServerUpgradeResponse response,
            Callback callback,
            List<String> protocols,
            ViewerSocket viewer) {
        List<String> common = new ArrayList<>(request.getSubProtocols());
        common.retainAll(protocols);
        if (common.isEmpty()) {
            String wanted = "the subprotocol must be " + String.join(" or ", protocols);
            return refuse(request, response, callback, HttpStatus.BAD_REQUEST_400, wanted);
        }
        response.setAcceptedSubProtocol(common.get(0));
        // To this machine, compression costs more than it saves; pictures are compressed anyway.
        response.setExtensions(List.of());
        return viewer;
    }

    private static Object refuse(
            ServerUpgradeRequest request,
            ServerUpgradeResponse response,
            Callback callback,
            int status,
            String why) {
        Response.writeError(request, response, callback, status, why);
        return null;
    }

    @Override
    public void close() {
        viewers.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }
}
