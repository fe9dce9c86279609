package io.liftstream.cli.console;

import io.liftstream.model.store.DownloadProgress;
import java.net.URI;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A download as a bar in the terminal. */
public final class DownloadBar implements DownloadProgress {
    private static final long MEBIBYTE = 1 << 20;

    private final ProgressBar bar;

    private DownloadBar(ProgressBar bar) {
        this.bar = bar;
    }

    public static DownloadProgress watch(URI address, long total) {
        String path = address.getPath();
        return new DownloadBar(
                new ProgressBarBuilder()
                        .setTaskName(path.substring(path.lastIndexOf('/') + 1))
                        .setInitialMax(total)
                        .setUnit(" MiB", MEBIBYTE)
                        .showSpeed()
                        .build());
    }

    @Override
    public void reached(long bytes) {
        bar.stepTo(bytes);
    }

    @Override
    public void close() {
        bar.close();
    }
}
