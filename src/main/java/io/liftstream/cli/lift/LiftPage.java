package io.liftstream.cli.lift;

import static io.liftstream.cli.page.CloudPage.figure;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;

import io.liftstream.cli.page.CloudPage;
import io.liftstream.cli.page.PageCloud;
import io.liftstream.cli.page.PagePictures;
import io.liftstream.image.ImageDecoder;
import io.liftstream.lifting.DepthEstimationResult;
import j2html.tags.DomContent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The page of {@code lift --html}: each image with its depth and its cloud. Not thread-safe. */
final class LiftPage implements Closeable {
    private static final int MAX_SIDE = 1024;
    private static final int MAX_POINTS = 100_000;

    private final CloudPage page;
    private final ImageDecoder decoder;

    /** Begins the page, replacing the file if it exists; the decoder is that of the lift. */
    LiftPage(Path file, ImageDecoder decoder) throws IOException {
        this.decoder = decoder;
        page = CloudPage.create(file, "Lifted images");
        page.add(h1("Lifted images"));
        page.add(CloudPage.hint());
    }

    /**
     * Adds an image.
     *
     * @param result what it became, with its cloud
     */
    void add(Path image, DepthEstimationResult result) throws IOException {
        PageCloud cloud =
                PageCloud.of(result.pointCloud(), 1 / result.intrinsics().fx(), MAX_POINTS);
        String name = image.getFileName().toString();
        page.add(
                section(
                        attrs(".frame"),
                        header(h2(image.toString()), span(attrs(".quiet"), facts(result))),
                        div(
                                attrs(".panes"),
                                figure(picture(image, name), "image"),
                                figure(depth(result, name), "depth: near is bright"),
                                figure(
                                        CloudPage.cloud(cloud, "cloud of " + name),
                                        cloud.countText()))));
    }

    private DomContent picture(Path image, String name) throws IOException {
        byte[] jpeg = PagePictures.of(decoder.decode(Files.readAllBytes(image)), MAX_SIDE);
        return CloudPage.picture(jpeg, name);
    }

    private static DomContent depth(DepthEstimationResult result, String name) {
        return CloudPage.picture(PagePictures.ofDepth(result, MAX_SIDE), "depth of " + name);
    }

    private static String facts(DepthEstimationResult result) {
        return String.format(
                Locale.ROOT,
                "%d \u00d7 %d pixels \u00b7 %s \u00b7 %s",
                result.width(),
                result.height(),
                Path.of(result.backendUsed()).getFileName(),
                result.metric() ? "metres are measured" : "the scale of metres is a guess");
    }

    /** Says below the pictures that an image could not be lifted. */
    void addFailure(Path image, String reason) throws IOException {
        page.add(
                section(
                        attrs(".frame"),
                        header(h2(image.toString())),
                        p(attrs(".warning"), reason)));
    }

    @Override
    public void close() throws IOException {
        page.close();
    }
}
