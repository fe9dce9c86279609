package io.liftstream.cli.page;

import static j2html.TagCreator.attrs;
import static j2html.TagCreator.canvas;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.img;
import static j2html.TagCreator.input;
import static j2html.TagCreator.kbd;
import static j2html.TagCreator.label;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.liftstream.files.FileOutput;
import j2html.TagCreator;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import j2html.tags.specialized.CanvasTag;
import j2html.tags.specialized.FigureTag;
import j2html.tags.specialized.ImgTag;
import j2html.tags.specialized.PTag;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * An HTML file with pictures and clouds to turn, which needs neither a server nor a network:
 * everything is written into it, three.js too. It is written as it grows, and a page that was cut
 * short shows what it has. Not thread-safe.
 *
 * <p>Whatever is no tag is escaped (j2html does so), and the page's own security policy allows its
 * own scripts alone.
 */
public final class CloudPage implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String START = "import 'liftstream/static-page';";
    private static final int NONCE_BYTES = 16;

    private final Writer out;

    private CloudPage(Writer out) {
        this.out = out;
    }

    /**
     * Begins a page.
     *
     * @param file the page, replaced if it exists
     * @param title of the page
     * @return the page, to which content is added
     * @throws IOException where the file cannot be written
     */
    public static CloudPage create(Path file, String title) throws IOException {
        CloudPage page =
                new CloudPage(
                        new BufferedWriter(
                                new OutputStreamWriter(
                                        FileOutput.open(file), StandardCharsets.UTF_8)));
        try {
            page.head(title);
        } catch (IOException | RuntimeException e) {
            page.close();
            throw e;
        }
        return page;
    }

    private void head(String title) throws IOException {
        // What is in the page cannot know this number, and our script hands it to what it imports.
        byte[] random = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(random);
        String nonce = Base64.getEncoder().encodeToString(random);
        String policy =
                "default-src 'none'; img-src data:; style-src "
                        + PageResources.policyHash(PageResources.styles())
                        + "; script-src 'nonce-"
                        + nonce
                        + "'";
        out.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(policy)
                .append("\">\n<meta name=\"viewport\" content=\"width=device-width\">\n");
        add(title(title));
        add(style(rawHtml(PageResources.styles())));
        add(script(rawHtml(importMap())).withType("importmap").attr("nonce", nonce));
        add(script(rawHtml(START)).withType("module").attr("nonce", nonce));
    }

    private static String importMap() throws IOException {
        ObjectNode imports = JSON.createObjectNode();
        PageResources.moduleSources()
                .forEach(
                        (name, source) ->
                                imports.put(
                                        name,
                                        dataUrl(
                                                "text/javascript",
                                                source.getBytes(StandardCharsets.UTF_8))));
        return JSON.writeValueAsString(JSON.createObjectNode().set("imports", imports));
    }

    private static String dataUrl(String type, byte[] content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }

    /**
     * Writes what comes next.
     *
     * @param content any element; text in it is escaped
     * @throws IOException where the file cannot be written
     */
    public void add(DomContent content) throws IOException {
        content.render(FlatHtml.into(out));
        out.append('\n');
    }

    /**
     * {@return an element that shows a picture}
     *
     * @param jpeg the JPEG file
     * @param description what it shows, for those who do not see it
     */
    public static ImgTag picture(byte[] jpeg, String description) {
        return img().withSrc(dataUrl("image/jpeg", jpeg)).withAlt(description);
    }

    /**
     * {@return an element that shows a cloud to turn}
     *
     * @param cloud what to show
     * @param description what it shows, for those who do not see it
     */
    public static CanvasTag cloud(PageCloud cloud, String description) {
        return canvas(attrs(".cloud"))
                .withTabindex(0)
                .attr("role", "img")
                .attr("aria-label", description + ": turn it with the arrow keys")
                .withData("cloud", Base64.getEncoder().encodeToString(cloud.data()));
    }

    /**
     * {@return an element with a caption below it}
     *
     * @param shown a picture, a cloud or a notice
     * @param caption text
     */
    public static FigureTag figure(DomContent shown, String caption) {
        return TagCreator.figure(shown, figcaption(caption));
    }

    /** {@return how a cloud is turned, and whether clouds sway by themselves} */
    public static PTag hint() {
        return p(
                attrs(".hint"),
                text("Drag a cloud to turn it. Click it, then scroll to zoom; "),
                kbd("\u2190"),
                kbd("\u2191"),
                kbd("\u2192"),
                kbd("\u2193"),
                text(" turn, "),
                kbd("+"),
                kbd("-"),
                text(" zoom, "),
                kbd("0"),
                text(" goes back, "),
                kbd("f"),
                text(" fills the screen. "),
                label(input().withId("sway").withType("checkbox"), text(" sway")));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
