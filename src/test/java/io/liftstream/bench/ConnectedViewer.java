package io.liftstream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code liftstream view} and a viewer that asks as the page does and draws in no time, each in a
 * process of its own.
 */
final class ConnectedViewer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://(127\\.0\\.0\\.1:\\d+)/");
    private static final String CONNECTED = "connected";

    private final Process view;
    private final Process viewer;

    private ConnectedViewer(Process view, Process viewer) {
        this.view = view;
        this.viewer = viewer;
    }

    /** Starts both, and waits until the viewer is connected. */
    static ConnectedViewer start(EmbeddedBroker broker, JobTopics topics) throws IOException {
        Process view =
                java(
                        "io.liftstream.cli.Launcher",
                        "view",
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--topics.frames=" + topics.frames(),
                        "--topics.depth=" + topics.depth(),
                        "--topics.rejected=" + topics.rejected(),
                        "--port",
                        "0");
        String address = lineOf(view, ADDRESS);
        Process viewer = java(ConnectedViewer.class.getName(), address);
        lineOf(viewer, Pattern.compile("(" + CONNECTED + ")"));
        return new ConnectedViewer(view, viewer);
    }

    private static Process java(String... words) throws IOException {
        String java = System.getProperty("java.home") + "/bin/java";
        String classes = System.getProperty("java.class.path");
        return new ProcessBuilder(
                        Stream.concat(Stream.of(java, "-cp", classes), Stream.of(words)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String lineOf(Process process, Pattern pattern) throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher found = pattern.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new IOException("the process ended");
    }

    /** How many frames a second the viewer has got, from its first to its last. */
    String framesPerSecond() throws IOException {
        viewer.outputWriter().append('\n').flush();
        return viewer.inputReader().readLine();
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : List.of(viewer, view)) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** The viewer's process: says what it has seen when a line comes. */
    public static void main(String[] arguments) throws Exception {
        Page page = new Page();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("liftstream.view.v1")
                .buildAsync(URI.create("ws://" + arguments[0] + "/live"), page)
                .join();
        System.out.println(CONNECTED);
        System.in.read();
        System.out.printf(Locale.ROOT, "%.1f%n", page.framesPerSecond());
    }

    /** Speaks the page's protocol. */
    private static final class Page implements WebSocket.Listener {
        private static final ObjectMapper JSON = new ObjectMapper();

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private CompletableFuture<WebSocket> asked = CompletableFuture.completedFuture(null);
        private long firstNanos;
        private long lastNanos;
        private int frames;

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            message.writeBytes(bytes);
            if (last) {
                seen();
                String next = "{\"next\":" + camera() + "}";
                message.reset();
                // One text at a time, or the second is refused.
                asked = asked.thenCompose(before -> socket.sendText(next, true));
            }
            socket.request(1);
            return null;
        }

        private synchronized void seen() {
            lastNanos = System.nanoTime();
            firstNanos = frames == 0 ? lastNanos : firstNanos;
            frames++;
        }

        private String camera() {
            ByteBuffer whole =
                    ByteBuffer.wrap(message.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            int length = whole.getInt();
            try {
                return JSON.readTree(whole.array(), Integer.BYTES, length)
                        .path("camera")
                        .toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private synchronized double framesPerSecond() {
            return frames < 2 ? 0 : (frames - 1) * 1e9 / (lastNanos - firstNanos);
        }
    }
}
