package io.liftstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.testing.Browser;
import io.liftstream.testing.EmbeddedBroker;
import io.liftstream.testing.JobTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** The command {@code view} on a running job, in a real browser. */
class ViewITCase {
    private static final Pattern ADDRESS = Pattern.compile("at (http://127\\.0\\.0\\.1:\\d+/)");

    @TempDir private Path folder;

    @Test
    void fourLiveCamerasAreSeenTurnedAndPaused() throws Exception {
        JobTopics topics = JobTopics.named("seen");
        try (Browser browser = Browser.open(1600, 1180);
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopics(topics, 2);
            try (LiveCameras cameras = new LiveCameras(broker, topics, folder, 4, 2);
                    RunningView view =
                            RunningView.start(
                                    configuration(broker, topics).toString(), "--port", "0")) {
                browser.go(view.address());
                browser.await("four cameras", () -> browser.all(".camera").size() == 4);
                for (String kind : List.of("picture", "depth", "cloud")) {
                    for (WebElement canvas : browser.all("canvas." + kind)) {
                        browser.awaitColours(canvas, 100);
                    }
                }
                browser.await(
                        "a rejection",
                        () ->
                                browser.all(".rejected")
                                        .get(0)
                                        .getText()
                                        .contains("UNREADABLE_IMAGE"));
                assertThat(browser.all(".model").get(0).getText()).startsWith("liftstream-tiny@");
                assertThat(browser.all(".frame-number").get(0).getText())
                        .matches("\\d+ since 20\\d\\d-\\d\\d-\\d\\d [0-9:]{8} · 320 × 240");
                assertThat(browser.all(".cloud-caption").get(0).getText())
                        .matches(
                                "cloud: 30,000 of \\d\\d,\\d{3} points, \\d\\.\\d to \\d+\\.\\d m");

                pauses(browser);
                // Drawing without a GPU takes all there is; a page at rest can be photographed.
                browser.screenshot("view-four-cameras");
                turns(browser);

                browser.resize(420, 900);
                browser.awaitColours(browser.all("canvas.cloud").get(0), 100);
                browser.screenshot("view-narrow");
                assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                        .isEqualTo(true);
                browser.requireQuietConsole();
            }
        }
    }

    private Path configuration(EmbeddedBroker broker, JobTopics topics) throws IOException {
        return Files.writeString(
                folder.resolve("job.yaml"),
                """
                kafka.bootstrap-servers: %s
                topics.frames: %s
                topics.depth: %s
                topics.rejected: %s
                """
                        .formatted(
                                broker.bootstrapServers(),
                                topics.frames(),
                                topics.depth(),
                                topics.rejected()));
    }

    private static void pauses(Browser browser) throws InterruptedException {
        browser.press(browser.all("body").get(0), " ");
        assertThat(browser.all("#pause").get(0).getAttribute("aria-pressed")).isEqualTo("true");
        WebElement number = browser.all(".frame-number").get(1);
        browser.await("frames that were on their way", () -> isStill(browser, number));
        String paused = number.getText();
        browser.press(browser.all("body").get(0), "n");
        browser.await("one step", () -> !number.getText().equals(paused));
        browser.await("a pause again", () -> isStill(browser, number));
    }

    private static boolean isStill(Browser browser, WebElement number) {
        String before = number.getText();
        browser.run("return new Promise(done => setTimeout(done, 1500))");
        return number.getText().equals(before);
    }

    private static void turns(Browser browser) {
        WebElement cloud = browser.all("canvas.cloud").get(1);
        String before = browser.pixels(cloud);
        browser.drag(cloud, 70, 15);
        browser.await("another view of the cloud", () -> !browser.pixels(cloud).equals(before));
        browser.screenshot("view-turned");
    }

    /** The command on a thread of its own, until it is closed. */
    private record RunningView(TypedCommand command, Thread thread, String address)
            implements AutoCloseable {

        static RunningView start(String... words) throws InterruptedException {
            TypedCommand command = new TypedCommand();
            Thread thread =
                    new Thread(
                            () -> {
                                String[] all = new String[words.length + 1];
                                all[0] = "view";
                                System.arraycopy(words, 0, all, 1, words.length);
                                command.run(all);
                            });
            thread.start();
            while (thread.isAlive()) {
                Matcher found = ADDRESS.matcher(command.output());
                if (found.find()) {
                    return new RunningView(command, thread, found.group(1));
                }
                thread.join(50);
            }
            throw new AssertionError(command.complaints());
        }

        @Override
        public void close() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }
}
