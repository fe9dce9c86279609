package io.liftstream.cli.view;

import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.testing.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Measures how many frames a second the live page shows of 1, 4 and 16 cameras, in headless
 * Chromium, which draws without a GPU. Each frame has a picture and a depth of 640x480 pixels and a
 * cloud of 30,000 points, encoded beforehand, so that the page is measured and not the encoder. Of
 * each number of cameras, 30 frames a second altogether, and then 30 of each. The window is as high
 * as all cameras need, since the page asks for what can be seen alone.
 *
 * <p>Argument: seconds that each is measured for (20).
 */
public final class PageFrameRate {
    private static final int RATE = 30;
    private static final int WARM_UP_SECONDS = 10;
    private static final int DIFFERENT_FRAMES = 6;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** How often the page is refreshed, and how long it stands still at most. */
    private static final String REFRESHES =
            """
            const [millis] = arguments;
            return new Promise((done) => {
              const start = performance.now();
              let [count, before, longest] = [0, start, 0];
              const tick = (now) => {
                count++;
                longest = Math.max(longest, now - before);
                before = now;
                if (now - start < millis) {
                  requestAnimationFrame(tick);
                } else {
                  done([count * 1000 / (now - start), longest]);
                }
              };
              requestAnimationFrame(tick);
            });
            """;

    private final int cameras;
    private final List<List<byte[]>> messages = new ArrayList<>();

    private PageFrameRate(int cameras) {
        this.cameras = cameras;
        for (int camera = 0; camera < cameras; camera++) {
            List<byte[]> own = new ArrayList<>();
            for (int i = 0; i < DIFFERENT_FRAMES; i++) {
                own.add(new SyntheticFrame(id(camera), i, 640, 480).pageMessage());
            }
            messages.add(own);
        }
    }

    /** Prints a line for each number of cameras and rate. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        System.out.println("cameras  sent/s  shown/s  refreshes/s  longest pause, ms");
        for (int cameras : new int[] {1, 4, 16}) {
            PageFrameRate rate = new PageFrameRate(cameras);
            rate.measure(RATE, seconds);
            if (cameras > 1) {
                rate.measure(RATE * cameras, seconds);
            }
        }
    }

    private void measure(int sentPerSecond, int seconds) throws Exception {
        NewestFrames frames = new NewestFrames(System::nanoTime);
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (Browser browser = Browser.open(1600, cameras > 4 ? 3200 : 1000);
                ViewServer server =
                        new ViewServer(
                                frames,
                                "127.0.0.1",
                                0,
                                new TrustedAddresses("127.0.0.1", List.of()),
                                "a benchmark")) {
            var sending =
                    sender.scheduleAtFixedRate(
                            new Cameras(frames),
                            0,
                            MICROS_PER_SECOND / sentPerSecond,
                            TimeUnit.MICROSECONDS);
            browser.go("http://127.0.0.1:" + server.port() + "/");
            browser.await("all cameras", () -> browser.all(".camera").size() == cameras);
            refreshes(browser, WARM_UP_SECONDS);
            print(sentPerSecond, browser, seconds);
            sending.cancel(false);
        } finally {
            sender.shutdownNow();
        }
    }

    private void print(int sentPerSecond, Browser browser, int seconds) {
        List<?> refreshes = refreshes(browser, seconds);
        double shown =
                browser.all(".rate").stream()
                        .mapToDouble(
                                rate -> Double.parseDouble(rate.getText().split("[, ]+", -1)[2]))
                        .sum();
        System.out.printf(
                Locale.ROOT,
                "%7d %7d %8.1f %12.1f %18.0f%n",
                cameras,
                sentPerSecond,
                shown,
                ((Number) refreshes.get(0)).doubleValue(),
                ((Number) refreshes.get(1)).doubleValue());
    }

    private static List<?> refreshes(Browser browser, int seconds) {
        return (List<?>) browser.run(REFRESHES, TimeUnit.SECONDS.toMillis(seconds));
    }

    private static String id(int camera) {
        return String.format(Locale.ROOT, "camera-%02d", camera);
    }

    /** The cameras take turns. */
    private final class Cameras implements Runnable {
        private final NewestFrames frames;
        private int sent;

        private Cameras(NewestFrames frames) {
            this.frames = frames;
        }

        @Override
        public void run() {
            int camera = sent % cameras;
            int which = sent / cameras % DIFFERENT_FRAMES;
            sent++;
            frames.publish(new EncodedFrame(id(camera), messages.get(camera).get(which)));
        }
    }

    /** A frame whose message lies ready; its identity tells it from others of equal bytes. */
    private static final class EncodedFrame implements ViewedFrame {
        private final String cameraId;
        private final byte[] pageMessage;

        private EncodedFrame(String cameraId, byte[] pageMessage) {
            this.cameraId = cameraId;
            this.pageMessage = pageMessage;
        }

        @Override
        public String cameraId() {
            return cameraId;
        }

        @Override
        public byte[] pageMessage() {
            return pageMessage;
        }

        @Override
        public List<FoxgloveMessage> messages() {
            return List.of();
        }
    }
}
