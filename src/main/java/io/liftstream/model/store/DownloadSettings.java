package io.liftstream.model.store;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * The bounds of a download.
 *
 * @param largest bytes beyond which a download is refused
 * @param connectTimeout longest wait for a connection
 * @param stallTimeout longest wait for the next {@link #MIN_PROGRESS} bytes
 * @param redirects most redirects in a row, all to HTTPS
 * @param attempts tries before a failing download is given up; each goes on where the last ended
 * @param reserve bytes that must stay free on the disk
 * @param offline true refuses every download
 * @param proxy where connections go through, if not where the JVM's own settings say
 * @param trust which servers are believed
 */
public record DownloadSettings(
        long largest,
        Duration connectTimeout,
        Duration stallTimeout,
        int redirects,
        int attempts,
        long reserve,
        boolean offline,
        Optional<EnvironmentProxy> proxy,
        SSLSocketFactory trust) {

    /**
     * Bytes that a download must bring within the stall timeout, lest a trickle hold it for ever.
     */
    public static final int MIN_PROGRESS = 1 << 14;

    /**
     * {@return the settings of this process: {@code LIFTSTREAM_OFFLINE}, {@code HTTPS_PROXY} and
     * {@code NO_PROXY} are respected}
     */
    public static DownloadSettings ofEnvironment() {
        Map<String, String> environment = System.getenv();
        String offline = environment.getOrDefault("LIFTSTREAM_OFFLINE", "");
        return new DownloadSettings(
                4L << 30,
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                5,
                4,
                64L << 20,
                offline.equals("1") || offline.toLowerCase(Locale.ROOT).equals("true"),
                EnvironmentProxy.of(environment),
                HttpsURLConnection.getDefaultSSLSocketFactory());
    }
}
