package io.liftstream.cli.view;

import io.liftstream.kafka.KafkaSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** The live page beside another program, on 127.0.0.1, from now until it is closed. */
public final class LiveView implements AutoCloseable {
    private static final long CLOSING_MILLIS = 2000;

    private final Feed feed;
    private final ViewSession session;
    private final Thread thread;

    private LiveView(Feed feed, ViewSession session) {
        this.feed = feed;
        this.session = session;
        this.thread = new Thread(this::run, "live-view");
        thread.setDaemon(true);
    }

    /**
     * Opens the page.
     *
     * @param kafka of the topics, which exist
     * @param framesTopic has the pictures
     * @param resultsTopic has the results
     * @param rejectedTopic has the rejections
     * @return the page, served until it is closed
     * @throws IOException where no port can be had
     */
    public static LiveView open(
            KafkaSettings kafka, String framesTopic, String resultsTopic, String rejectedTopic)
            throws IOException {
        Feed feed =
                TopicFeed.open(
                        kafka,
                        framesTopic,
                        resultsTopic,
                        rejectedTopic,
                        null,
                        false,
                        new PrintWriter(System.err, true, Charset.defaultCharset()));
        try {
            LiveView view = new LiveView(feed, ViewSession.ofThisMachine(feed));
            view.thread.start();
            return view;
        } catch (IOException e) {
            feed.close();
            throw e;
        }
    }

    /** {@return where the page is, for a browser} */
    public String pageAddress() {
        return session.pageAddress();
    }

    /** {@return where viewers that speak Foxglove's protocol connect} */
    public String foxgloveAddress() {
        return session.foxgloveAddress();
    }

    private void run() {
        try {
            session.run();
        } catch (Exception e) {
            System.err.println("the live page shows nothing new any more: " + e);
        } finally {
            // A consumer serves one thread.
            feed.close();
        }
    }

    @Override
    public void close() {
        feed.stop();
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.close();
    }
}
