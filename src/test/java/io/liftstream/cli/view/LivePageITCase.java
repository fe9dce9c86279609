package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.foxglove.FoxgloveMessage;
import io.liftstream.testing.Browser;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** The live page in a real browser, on frames that need neither topic nor job. */
class LivePageITCase {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='taken'\">";

    private final NewestFrames frames = new NewestFrames(System::nanoTime);

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // Without pictures the browser waits in vain.
    void textFromOutsideIsNeverHtmlAndTheKeyboardTurnsAndSways() throws Exception {
        ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger number = new AtomicInteger();
        try (Browser browser = Browser.open(1000, 800);
                ViewServer server =
                        new ViewServer(
                                frames,
                                "127.0.0.1",
                                0,
                                new TrustedAddresses("127.0.0.1", List.of()),
                                "source " + HOSTILE)) {
            camera.scheduleWithFixedDelay(
                    () ->
                            frames.publish(
                                    new SyntheticFrame(
                                            HOSTILE, number.incrementAndGet(), 160, 120)),
                    0,
                    200,
                    TimeUnit.MILLISECONDS);
            browser.go("http://127.0.0.1:" + server.port() + "/");
            browser.await("a camera", () -> browser.all(".camera").size() == 1);
            for (WebElement canvas : browser.all(".camera canvas")) {
                browser.awaitColours(canvas, 30);
            }
            browser.screenshot("view-hostile-text");
            assertThat(browser.all("h2").get(0).getText()).isEqualTo(HOSTILE);
            assertThat(browser.all(".model").get(0).getText()).isEqualTo("synthetic <b>model</b>");
            assertThat(browser.all("img")).isEmpty();
            assertThat((String) browser.run("return document.title")).startsWith("Liftstream view");
            browser.requireQuietConsole();
        } finally {
            camera.shutdownNow();
        }
    }

    @Test
    void aFrameWithoutACloudTakesTheCloudBeforeItOffThePage() throws Exception {
        try (Browser browser = Browser.open(1000, 800);
                ViewServer server =
                        new ViewServer(
                                frames,
                                "127.0.0.1",
                                0,
                                new TrustedAddresses("127.0.0.1", List.of()),
                                "source")) {
            frames.publish(new SyntheticFrame("hall", 1, 160, 120));
            browser.go("http://127.0.0.1:" + server.port() + "/");
            browser.await("a camera", () -> browser.all(".camera").size() == 1);
            WebElement cloud = browser.all(".cloud").get(0);
            browser.awaitColours(cloud, 30);

            frames.publish(new CloudlessFrame("hall"));

            WebElement caption = browser.all(".cloud-caption").get(0);
            browser.await("words", () -> caption.getText().equals("the result has no cloud"));
            browser.await("an empty canvas", () -> browser.colours(cloud) == 1);
            frames.publish(new SyntheticFrame("hall", 3, 160, 120));
            browser.awaitColours(cloud, 30);
            browser.requireQuietConsole();
        }
    }

    /** A result of which no cloud was asked for. */
    private record CloudlessFrame(String cameraId) implements ViewedFrame {
        @Override
        public byte[] pageMessage() {
            PageMessage message = new PageMessage();
            message.facts().put("type", "frame").put("camera", cameraId).put("sequence", 2);
            return message.bytes();
        }

        @Override
        public List<FoxgloveMessage> messages() {
            return List.of();
        }
    }
}
