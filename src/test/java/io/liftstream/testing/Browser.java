package io.liftstream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real browser: the headless Chromium and its driver that the distribution's packages {@code
 * chromium} and {@code chromium-driver} bring. Nothing is downloaded; without them the test is
 * skipped and says so.
 */
public final class Browser implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Path PICTURES = Path.of("target", "browser");

    private static final String COLOURS =
            """
            const canvas = arguments[0];
            if (!canvas.width || !canvas.height) { return 0; }
            const copy = document.createElement('canvas');
            copy.width = 64;
            copy.height = 48;
            copy.getContext('2d').drawImage(canvas, 0, 0, 64, 48);
            return new Set(new Uint32Array(copy.getContext('2d').getImageData(0, 0, 64, 48).data.buffer)).size;
            """;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts a browser with a window of this size, pixels, or skips the test. */
    public static Browser open(int width, int height) {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = onPath("chromedriver");
        assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "skipped: no chromium and chromedriver here (packages chromium, chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--force-device-scale-factor=1",
                "--hide-scrollbars");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.get().toFile())
                        .usingAnyFreePort()
                        .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(width, height));
        return new Browser(driver);
    }

    private static Optional<Path> onPath(String... names) {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Goes to a page. */
    public void go(String url) {
        driver.get(url);
    }

    /** Gives the window another size, pixels. */
    public void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    /** What a script of the page returns. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The elements that a CSS selector finds. */
    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits until a canvas shows a picture: at least so many colours. */
    public void awaitColours(WebElement canvas, int colours) {
        new WebDriverWait(driver, TIMEOUT)
                .withMessage(
                        () ->
                                "a canvas of %d colours, not of %d; the console says %s"
                                        .formatted(colours, colours(canvas), console()))
                .until(page -> colours(canvas) >= colours);
    }

    /** How many colours a canvas shows, of a thumbnail of it. */
    public long colours(WebElement canvas) {
        return (long) run(COLOURS, canvas);
    }

    /** Waits until something of the page is so. */
    public void await(String what, BooleanSupplier so) {
        new WebDriverWait(driver, TIMEOUT)
                .withMessage(() -> what + "; the console says " + console())
                .until(page -> so.getAsBoolean());
    }

    /** Drags over an element as a hand with a mouse does. */
    public void drag(WebElement element, int right, int down) {
        new Actions(driver).dragAndDropBy(element, right, down).perform();
    }

    /** Presses keys while an element has the focus. */
    public void press(WebElement element, CharSequence... keys) {
        element.sendKeys(keys);
    }

    /** What a canvas shows, as a data URL. */
    public String pixels(WebElement canvas) {
        return (String) run("return arguments[0].toDataURL()", canvas);
    }

    /** Keeps a picture of the window below target/. */
    public Path screenshot(String name) {
        try {
            Files.createDirectories(PICTURES);
            Path file = PICTURES.resolve(name + ".png");
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing went wrong in the page. */
    public void requireQuietConsole() {
        assertThat(console()).isEmpty();
    }

    private List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                // Software drawing is slow, which is no fault of the page.
                .filter(message -> !message.contains("GPU stall due to ReadPixels"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
