package io.liftstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.testing.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** The demo's contact sheet in a real browser, from disk. */
class ContactSheetITCase {
    @TempDir private Path folder;

    @Test
    void everyFrameShownHasACloudThatTurns() throws Exception {
        DemoTally tally = new DemoTally(new DemoFolder(folder));
        LiftedFleet.lift(tally, 12, true);
        ContactSheet.write(tally, folder);
        assertThat(Files.size(folder.resolve("index.html"))).isLessThan(20_000_000);

        try (Browser browser = Browser.open(1600, 1200)) {
            browser.go(folder.resolve("index.html").toUri().toString());
            List<WebElement> clouds = browser.all("canvas.cloud");
            assertThat(clouds).hasSize(12);
            browser.awaitColours(clouds.get(0), 100);
            browser.awaitColours(clouds.get(1), 100);
            browser.screenshot("demo-page");
            browser.run("arguments[0].scrollIntoView()", clouds.get(11));
            browser.awaitColours(clouds.get(11), 100);

            browser.run("document.getElementById('sway').click()");
            String before = browser.pixels(clouds.get(11));
            browser.drag(clouds.get(11), 80, 0);
            browser.await("another view", () -> !browser.pixels(clouds.get(11)).equals(before));

            browser.resize(420, 900);
            browser.run("arguments[0].scrollIntoView()", clouds.get(0));
            browser.awaitColours(clouds.get(0), 100);
            browser.screenshot("demo-page-narrow");
            assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            browser.requireQuietConsole();
        }
    }
}
