package io.liftstream.cli.lift;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.cli.console.TypedCommand;
import io.liftstream.testing.Browser;
import io.liftstream.testing.RenderedFleet;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of {@code lift --html} in a real browser, from disk. */
class LiftPageITCase {
    private static final String HOSTILE = "a&b<img src=x onerror=\"document.title='taken'\">.jpg";

    @TempDir private Path folder;
    private final TypedCommand command = new TypedCommand();

    @Test
    void aPageFromDiskShowsCloudsThatTurnAndTakesNoFileNameForHtml() throws Exception {
        Path page = liftedPage();
        try (Browser browser = Browser.open(1280, 900)) {
            browser.go(page.toUri().toString());
            assertThat(browser.all("section.frame")).hasSize(3);
            assertThat(browser.all("figure img"))
                    .hasSize(4)
                    .allMatch(image -> image.getDomProperty("naturalWidth").equals("320"));
            WebElement cloud = browser.all("canvas.cloud").get(0);
            browser.awaitColours(cloud, 100);
            browser.screenshot("lift-page");

            browser.run("document.getElementById('sway').click()");
            browser.await("a still cloud", () -> isStill(browser, cloud));
            requireChange(browser, cloud, () -> browser.drag(cloud, 60, 20));
            requireChange(browser, cloud, () -> browser.press(cloud, Keys.ARROW_LEFT));
            requireChange(browser, cloud, () -> browser.press(cloud, "+"));

            assertThat(browser.run("return document.title")).isEqualTo("Lifted images");
            assertThat(browser.all("h2").get(1).getText()).contains(HOSTILE);
            browser.requireQuietConsole();
        }
    }

    private static void requireChange(Browser browser, WebElement cloud, Runnable action) {
        String before = browser.pixels(cloud);
        action.run();
        browser.await("another view of the cloud", () -> !browser.pixels(cloud).equals(before));
    }

    private static boolean isStill(Browser browser, WebElement cloud) {
        String before = browser.pixels(cloud);
        browser.run(
                "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return browser.pixels(cloud).equals(before);
    }

    private Path liftedPage() throws Exception {
        RenderedFleet fleet = new RenderedFleet(2, 320, 240, 0, 1);
        Path first = Files.write(folder.resolve("room.jpg"), fleet.jpeg(0, 0));
        Path second = Files.write(folder.resolve(HOSTILE), fleet.jpeg(1, 0));
        Path note = Files.writeString(folder.resolve("note.jpg"), "no picture");
        Path page = folder.resolve("page.html");
        int code =
                command.run(
                        "lift",
                        first.toString(),
                        second.toString(),
                        note.toString(),
                        "--out",
                        folder.resolve("lifted").toString(),
                        "--html",
                        page.toString());
        assertThat(code).isOne();
        assertThat(folder.resolve("lifted"))
                .isDirectoryContaining("glob:**/room.jpg.depth.npy")
                .isDirectoryNotContaining("glob:**/*.ply");
        return page;
    }
}
