package io.liftstream.cli.console;

import io.liftstream.model.store.DownloadProgress;
import java.net.URI;

/** A download as users see it: what comes from where and how large it is, then its progress. */
public final class DownloadDisplay implements DownloadProgress {
    private static final long MEBIBYTE = 1 << 20;

    private final ProgressDisplay progress;

    private DownloadDisplay(ProgressDisplay progress) {
        this.progress = progress;
    }

    /**
     * Begins to show a download on standard error.
     *
     * @param address what is downloaded
     * @param total its size in bytes, or -1 where the server does not say
     * @return its display
     */
    public static DownloadProgress watch(URI address, long total) {
        String path = address.getPath();
        String size = total < 0 ? "of unknown size" : mebibytes(total) + " MiB";
        System.err.println("Downloading " + address + " (" + size + ")");
        return new DownloadDisplay(
                ProgressDisplay.ofSize(
                        path.substring(path.lastIndexOf('/') + 1), mebibytes(total), "MiB"));
    }

    /** Rounded up, so that a small file is not of size 0. */
    private static long mebibytes(long bytes) {
        return bytes < 0 ? bytes : (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }

    @Override
    public void reached(long bytes) {
        progress.reached(mebibytes(bytes));
    }

    @Override
    public void close() {
        progress.close();
    }
}
