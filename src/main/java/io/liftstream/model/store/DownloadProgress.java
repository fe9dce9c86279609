package io.liftstream.model.store;

import java.net.URI;

/** Somebody who watches a download. */
public interface DownloadProgress extends AutoCloseable {
    /** Nobody watches. */
    Watcher SILENT = (address, total) -> new Silent();

    /** Makes a watcher for each download. */
    interface Watcher {
        /**
         * {@return the watcher of this download}
         *
         * @param address what is downloaded
         * @param total its size in bytes, or -1 where the server does not say
         */
        DownloadProgress watch(URI address, long total);
    }

    /**
     * Bytes have arrived.
     *
     * @param bytes how many are there now, those of earlier attempts included
     */
    void reached(long bytes);

    @Override
    void close();

    /** Shows nothing. */
    final class Silent implements DownloadProgress {
        @Override
        public void reached(long bytes) {}

        @Override
        public void close() {}
    }
}
