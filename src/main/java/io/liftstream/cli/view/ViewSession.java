package io.liftstream.cli.view;

import io.liftstream.cli.process.LoopbackPort;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A feed and the server that shows it. */
final class ViewSession implements AutoCloseable {
    /** The port that viewers try first. */
    static final int PORT = 8765;

    private final NewestFrames frames = new NewestFrames(System::nanoTime);
    private final Feed feed;
    private final String bind;
    private final ViewServer server;

    /**
     * Listens; {@link #run} then shows.
     *
     * @param port 0 for any that is free
     * @param allowedOrigins origins of viewers' pages, besides those that are known
     */
    ViewSession(Feed feed, String bind, int port, List<String> allowedOrigins) throws IOException {
        this.feed = feed;
        this.bind = bind;
        this.server =
                new ViewServer(
                        frames,
                        bind,
                        port,
                        new TrustedAddresses(bind, allowedOrigins),
                        feed.description());
    }

    /** Listens on this machine alone, on {@link #PORT} if it is free, else on any that is. */
    static ViewSession ofThisMachine(Feed feed) throws IOException {
        int port = LoopbackPort.isFree(PORT) ? PORT : 0;
        return new ViewSession(feed, LoopbackPort.ADDRESS, port, List.of());
    }

    /** What is shown, for people. */
    String description() {
        return feed.description();
    }

    /** Where the page is. */
    String pageAddress() {
        return "http://" + authority() + "/";
    }

    /** Where viewers that speak Foxglove's protocol connect. */
    String foxgloveAddress() {
        return "ws://" + authority();
    }

    /** A link that opens Foxglove's viewer on the web, connected. */
    String foxgloveLink() {
        return "https://app.foxglove.dev/?ds=foxglove-websocket&ds.url="
                + URLEncoder.encode(foxgloveAddress(), StandardCharsets.UTF_8);
    }

    private String authority() {
        String host = bind.contains(":") ? "[" + bind + "]" : bind;
        return host + ":" + server.port();
    }

    /** What came until now, for people. */
    String summary() {
        return frames.summary();
    }

    /** Shows what comes until the feed is stopped, or fails; a recording's end is shown on. */
    void run() throws Exception {
        feed.run(frames);
        frames.end();
    }

    @Override
    public void close() {
        server.close();
    }
}
