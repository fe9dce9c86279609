package io.liftstream.model.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One download over HTTPS into a {@link PartialFile}: bounded in size, time and redirects, going on
 * where a cut connection ended.
 */
final class HttpsDownload {
    private static final Logger LOG = LoggerFactory.getLogger(HttpsDownload.class);
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;
    private static final int FIRST_SERVER_ERROR = 500;

    /** First byte of a part, and the length of the whole where it is known. */
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    /** What another attempt would not change. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private final DownloadSettings settings;
    private final DownloadProgress.Watcher watcher;

    HttpsDownload(DownloadSettings settings, DownloadProgress.Watcher watcher) {
        this.settings = settings;
        this.watcher = watcher;
    }

    /** Brings the whole content of an address into the file. */
    void fetch(URI address, PartialFile target) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(address, target);
                return;
            } catch (RefusedException | SSLException e) {
                throw e;
            } catch (IOException e) {
                if (attempt >= settings.attempts() || isOutOfReach(e, target)) {
                    throw e;
                }
                LOG.warn(
                        "Download of {} was interrupted at {} bytes, attempt {} of {}: {}",
                        address,
                        target.length(),
                        attempt,
                        settings.attempts(),
                        e.getMessage());
                pause(attempt);
            }
        }
    }

    /**
     * A host that nothing has come from, and that cannot be reached now, hardly can in a second.
     */
    private static boolean isOutOfReach(IOException failure, PartialFile target) {
        return target.length() == 0
                && (failure instanceof UnknownHostException
                        || failure instanceof SocketException
                        || failure instanceof SocketTimeoutException);
    }

    private static void pause(int attempt) throws IOException {
        try {
            Thread.sleep(250L << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("interrupted");
        }
    }

    private void attempt(URI address, PartialFile target) throws IOException {
        HttpsURLConnection connection = connect(address, target);
        try {
            int status = connection.getResponseCode();
            if (status == RANGE_NOT_SATISFIABLE) {
                target.restart(null);
                throw new IOException("the server no longer has the version that was begun");
            }
            if (status == HttpURLConnection.HTTP_OK) {
                target.restart(version(connection));
            } else if (status != HttpURLConnection.HTTP_PARTIAL) {
                throw failure(status, connection.getURL().getHost());
            }
            receive(address, connection, target, total(connection, status, target));
        } finally {
            connection.disconnect();
        }
    }

    private static IOException failure(int status, String host) {
        String message = host + " answered with HTTP status " + status;
        return status >= FIRST_SERVER_ERROR
                ? new IOException(message)
                : new RefusedException(message);
    }

    // Weak names do not promise equal bytes.
    private static String version(HttpsURLConnection connection) {
        String tag = connection.getHeaderField("ETag");
        return tag != null && !tag.startsWith("W/")
                ? tag
                : connection.getHeaderField("Last-Modified");
    }

    /**
     * How long the whole content is, bytes; -1 where no answer has said it. What the first answer
     * said holds: a later one that says another length is of other content, or damaged.
     */
    private static long total(HttpsURLConnection connection, int status, PartialFile target)
            throws IOException {
        if (status == HttpURLConnection.HTTP_OK) {
            target.expect(connection.getContentLengthLong());
            return target.total();
        }
        String range = connection.getHeaderField("Content-Range");
        Matcher matcher = CONTENT_RANGE.matcher(range == null ? "" : range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != target.length()) {
            throw new RefusedException(
                    "asked from byte " + target.length() + " on, the server sent " + range);
        }
        long total = matcher.group(2).equals("*") ? -1 : Long.parseLong(matcher.group(2));
        if (total >= 0 && target.total() >= 0 && total != target.total()) {
            throw new RefusedException(
                    "the content had "
                            + target.total()
                            + " bytes in the first answer and has "
                            + total
                            + " now");
        }
        if (target.total() < 0) {
            target.expect(total);
        }
        return target.total();
    }

    private HttpsURLConnection connect(URI address, PartialFile target) throws IOException {
        URI current = address;
        for (int hop = 0; hop <= settings.redirects(); hop++) {
            HttpsURLConnection connection = open(current, target);
            int status = connection.getResponseCode();
            if (!isRedirect(status)) {
                return connection;
            }
            String location = connection.getHeaderField("Location");
            connection.disconnect();
            if (location == null) {
                throw new RefusedException(current + " redirects to nowhere");
            }
            current = resolve(current, location);
        }
        throw new RefusedException("more than " + settings.redirects() + " redirects");
    }

    private static URI resolve(URI current, String location) throws IOException {
        try {
            return requireHttps(current.resolve(location));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("redirected to " + location + ", which is not an address");
        }
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_MOVED_PERM,
                    HttpURLConnection.HTTP_MOVED_TEMP,
                    HttpURLConnection.HTTP_SEE_OTHER,
                    TEMPORARY_REDIRECT,
                    PERMANENT_REDIRECT ->
                    true;
            default -> false;
        };
    }

    private static URI requireHttps(URI address) throws RefusedException {
        if (!"https".equalsIgnoreCase(address.getScheme()) || address.getHost() == null) {
            throw new RefusedException(address + " is not an https:// address");
        }
        return address;
    }

    private HttpsURLConnection open(URI address, PartialFile target) throws IOException {
        requireHttps(address);
        Proxy proxy = settings.proxy().map(known -> known.to(address.getHost())).orElse(null);
        HttpsURLConnection connection =
                (HttpsURLConnection)
                        (proxy == null
                                ? address.toURL().openConnection()
                                : address.toURL().openConnection(proxy));
        connection.setSSLSocketFactory(settings.trust());
        // Followed by hand: the JDK's own following cannot be bounded.
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout((int) settings.connectTimeout().toMillis());
        connection.setReadTimeout((int) settings.stallTimeout().toMillis());
        connection.setRequestProperty("User-Agent", "liftstream");
        connection.setRequestProperty("Accept-Encoding", "identity");
        String version = target.version().orElse(null);
        if (target.length() > 0 && version != null) {
            connection.setRequestProperty("Range", "bytes=" + target.length() + "-");
            connection.setRequestProperty("If-Range", version);
        }
        return connection;
    }

    private void receive(URI address, HttpsURLConnection connection, PartialFile target, long total)
            throws IOException {
        requireRoom(total, target, total - target.length());
        try (InputStream in = connection.getInputStream();
                OutputStream out = target.append();
                DownloadProgress progress = watcher.watch(address, total)) {
            copy(in, out, target, progress);
        }
        if (total >= 0 && target.length() < total) {
            throw new EOFException("ended after " + target.length() + " of " + total + " bytes");
        }
        if (total >= 0 && target.length() > total) {
            target.restart(null);
            throw new IOException("more came than the " + total + " bytes that were announced");
        }
    }

    private void requireRoom(long total, PartialFile target, long announced) throws IOException {
        if (total > settings.largest()) {
            throw tooLarge(total);
        }
        long free = Files.getFileStore(target.file()).getUsableSpace();
        if (Math.max(announced, 0) > free - settings.reserve()) {
            throw new RefusedException(
                    "the disk has "
                            + free
                            + " bytes free, the model needs "
                            + announced
                            + " and "
                            + settings.reserve()
                            + " must stay free");
        }
    }

    private RefusedException tooLarge(long bytes) {
        return new RefusedException(bytes + " bytes are more than the most, " + settings.largest());
    }

    private void copy(
            InputStream in, OutputStream out, PartialFile target, DownloadProgress progress)
            throws IOException {
        byte[] buffer = new byte[1 << 16];
        long deadline = System.nanoTime() + settings.stallTimeout().toNanos();
        long milestone = target.length() + DownloadSettings.MIN_PROGRESS;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            target.count(buffer, read);
            progress.reached(target.length());
            if (target.length() > settings.largest()) {
                throw tooLarge(target.length());
            }
            if (target.length() >= milestone) {
                deadline = System.nanoTime() + settings.stallTimeout().toNanos();
                milestone = target.length() + DownloadSettings.MIN_PROGRESS;
            } else if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException("the server sends too slowly");
            }
        }
    }
}
