package io.liftstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.DepthEstimation;
import io.liftstream.lifting.DepthEstimationAdvanceConfig;
import io.liftstream.lifting.DepthEstimationCommand;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.testing.Browser;
import io.liftstream.wire.ReadResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** The demo's contact sheet in a real browser, from disk. */
class ContactSheetITCase {
    private static final int CAMERAS = 3;

    @TempDir private Path folder;

    @Test
    void everyFrameShownHasACloudThatTurns() throws Exception {
        DemoTally tally = new DemoTally(new DemoFolder(folder));
        lift(tally, 12);
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

    private static void lift(DemoTally tally, int frames) throws Exception {
        RenderedSupply supply = new RenderedSupply(CAMERAS, 5);
        try (DepthEstimation estimation = new DepthEstimation()) {
            for (int i = 0; i < frames; i++) {
                DemoFrame frame = supply.frame(i % CAMERAS, i / CAMERAS);
                tally.published(frame, i);
                tally.result(read(frame, estimation.run(command(frame))), i + 40);
            }
        }
    }

    private static DepthEstimationCommand command(DemoFrame frame) {
        return DepthEstimationCommand.ofImage(frame.image())
                .returnDepthImage(true)
                .returnPointCloud(true)
                .advancedConfig(
                        DepthEstimationAdvanceConfig.builder()
                                .fx(frame.intrinsics().fx())
                                .fy(frame.intrinsics().fy())
                                .cx(frame.intrinsics().cx())
                                .cy(frame.intrinsics().cy())
                                .build())
                .build();
    }

    private static ReadResult read(DemoFrame frame, DepthEstimationResult result) {
        return new ReadResult(
                frame.cameraId(),
                0,
                frame.sequence(),
                frame.sequence(),
                result,
                IntrinsicsSource.MESSAGE,
                List.of(),
                new Provenance("frames", 0, frame.sequence(), 0),
                CameraSetup.UNKNOWN,
                CaptureTimeSource.MESSAGE,
                null,
                null);
    }
}
