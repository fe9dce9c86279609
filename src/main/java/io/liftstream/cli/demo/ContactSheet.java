package io.liftstream.cli.demo;

import static io.liftstream.cli.page.CloudPage.figure;
import static j2html.TagCreator.a;
import static j2html.TagCreator.attrs;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.header;
import static j2html.TagCreator.p;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.tr;

import io.liftstream.cli.page.CloudPage;
import io.liftstream.cli.page.PageCloud;
import io.liftstream.cli.page.PagePictures;
import io.liftstream.files.PlyFile;
import io.liftstream.image.ImageDecoder;
import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * {@code index.html}: some frames of each camera with their clouds. It opens from disk, without
 * server or network; its size is bounded however many frames there are.
 */
final class ContactSheet {
    private static final int MAX_FRAMES_OF_A_CAMERA = 8;
    private static final int MAX_FRAMES = 64;
    private static final int MAX_POINTS = 1_000_000;
    private static final int MAX_POINTS_OF_A_CLOUD = 40_000;
    private static final int MAX_SIDE = 480;

    private final ImageDecoder decoder = new ImageDecoder(ImageDecoder.DEFAULT_MAX_PIXELS);
    private final DemoTally tally;
    private final Path folder;
    private final CloudPage page;
    private final TreeSet<String> cameras;

    private ContactSheet(DemoTally tally, Path folder, CloudPage page) {
        this.tally = tally;
        this.folder = folder;
        this.page = page;
        this.cameras = new TreeSet<>(tally.rows().stream().map(LiftedRow::cameraId).toList());
    }

    /**
     * Writes the sheet.
     *
     * @param folder with the files of each frame; the sheet goes there too
     */
    static void write(DemoTally tally, Path folder) throws IOException {
        try (CloudPage page = CloudPage.create(folder.resolve("index.html"), "Liftstream demo")) {
            new ContactSheet(tally, folder, page).write();
        }
    }

    private void write() throws IOException {
        List<LiftedRow> rows = tally.rows();
        page.add(h1("Liftstream demo"));
        page.add(
                p(
                        String.format(
                                Locale.ROOT,
                                "%d frames published, %d lifted, %d rejected; %.1f frames a second"
                                        + " through Kafka and Flink.",
                                tally.publishedCount(),
                                rows.size(),
                                tally.rejectedCount(),
                                tally.framesPerSecond())));
        for (String line : tally.rejectionLines()) {
            page.add(p(attrs(".warning"), line));
        }
        page.add(CloudPage.hint());
        for (String camera : cameras) {
            camera(camera, rows.stream().filter(row -> row.cameraId().equals(camera)).toList());
        }
    }

    private void camera(String id, List<LiftedRow> rows) throws IOException {
        List<LiftedRow> shown = shown(rows);
        page.add(
                section(
                        attrs(".frame"),
                        header(
                                h2(id),
                                span(
                                        attrs(".quiet"),
                                        shown.size() + " of " + rows.size() + " frames are shown")),
                        div(attrs(".scroll"), figures(rows))));
        for (LiftedRow row : shown) {
            page.add(frame(row));
        }
    }

    private List<LiftedRow> shown(List<LiftedRow> rows) {
        int most = Math.max(1, Math.min(MAX_FRAMES_OF_A_CAMERA, MAX_FRAMES / cameras.size()));
        int step = (rows.size() + most - 1) / most;
        List<LiftedRow> shown = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += step) {
            shown.add(rows.get(i));
        }
        return shown;
    }

    private static DomContent figures(List<LiftedRow> rows) {
        double[] latency = rows.stream().mapToDouble(LiftedRow::latencyMillis).sorted().toArray();
        double points = rows.stream().mapToInt(LiftedRow::points).average().orElse(0);
        String model = rows.get(0).model();
        return table(
                headings(
                        "latency p50",
                        "p95",
                        "p99",
                        "points a frame",
                        "AbsRel",
                        "within 1.25",
                        "model"),
                tr(
                        td(milliseconds(latency, 50)),
                        td(milliseconds(latency, 95)),
                        td(milliseconds(latency, 99)),
                        td(String.format(Locale.ROOT, "%,.0f", points)),
                        td(
                                mean(
                                        rows.stream()
                                                .mapToDouble(LiftedRow::absoluteRelativeError)
                                                .toArray())),
                        td(mean(rows.stream().mapToDouble(LiftedRow::withinQuarter).toArray())),
                        td(model.substring(0, Math.min(model.length(), model.indexOf('@') + 13)))));
    }

    private static DomContent headings(String... names) {
        return tr(each(List.of(names), name -> th(name)));
    }

    private static String milliseconds(double[] sorted, int percent) {
        return String.format(Locale.ROOT, "%.0f ms", SummaryFile.percentile(sorted, percent));
    }

    private static String mean(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Double.isNaN(mean) ? "not known" : String.format(Locale.ROOT, "%.3f", mean);
    }

    private DomContent frame(LiftedRow row) throws IOException {
        String stem = DemoFolder.stem(row.cameraId(), row.sequence());
        List<DomContent> panes = new ArrayList<>();
        addPicture(panes, stem, ".jpg", "image");
        addPicture(panes, stem, ".depth-color.png", "estimated inverse depth");
        addCloud(panes, stem, row);
        addPicture(panes, stem, ".truth-color.png", "true inverse depth");
        addPicture(panes, stem, ".error-color.png", "error: black none, bright half or more");
        return section(
                attrs(".frame"),
                header(
                        h2(row.cameraId() + ", frame " + row.sequence()),
                        span(
                                attrs(".quiet"),
                                text(Math.round(row.latencyMillis()) + " ms"),
                                file(stem + ".ply", "cloud (PLY)"),
                                file(stem + ".depth.png", "depth (16 bit)"))),
                div(attrs(".panes"), each(panes, pane -> pane)));
    }

    /** A link to a file, where the job was asked for what would be in it. */
    private DomContent file(String name, String content) {
        return Files.exists(folder.resolve(name))
                ? each(text(" \u00b7 "), a(content).withHref(name))
                : text("");
    }

    private void addPicture(List<DomContent> panes, String stem, String extension, String caption)
            throws IOException {
        Path file = folder.resolve(stem + extension);
        if (Files.exists(file)) {
            byte[] jpeg = PagePictures.of(decoder.decode(Files.readAllBytes(file)), MAX_SIDE);
            panes.add(figure(CloudPage.picture(jpeg, caption + " of " + stem), caption));
        }
    }

    private void addCloud(List<DomContent> panes, String stem, LiftedRow row) throws IOException {
        Path file = folder.resolve(stem + ".ply");
        if (Files.exists(file)) {
            int frames = cameras.size() * MAX_FRAMES_OF_A_CAMERA;
            int points = Math.min(MAX_POINTS_OF_A_CLOUD, MAX_POINTS / Math.min(frames, MAX_FRAMES));
            PageCloud cloud = PageCloud.of(PlyFile.read(file), 1 / row.focalLength(), points);
            panes.add(figure(CloudPage.cloud(cloud, "cloud of " + stem), cloud.countText()));
        }
    }
}
