package io.liftstream.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** {@code index.html}: opens from disk, without a server or a script. */
final class ContactSheet {
    private static final int FRAMES_SHOWN_PER_CAMERA = 12;

    private final StringBuilder html = new StringBuilder();
    private final DemoTally tally;

    private ContactSheet(DemoTally tally) {
        this.tally = tally;
    }

    static byte[] of(DemoTally tally) {
        ContactSheet sheet = new ContactSheet(tally);
        sheet.page();
        return sheet.html.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void page() {
        List<LiftedRow> rows = tally.rows();
        html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\">")
                .append("<title>Liftstream demo</title><style>")
                .append("body{font:15px/1.5 system-ui,sans-serif;margin:2rem;max-width:90rem;")
                .append("background:#fafafa;color:#1b1b1f}h1{margin:0}h2{margin:2.2rem 0 .4rem}")
                .append("table{border-collapse:collapse;margin:.4rem 0 1rem}")
                .append("td,th{text-align:right;padding:.15rem .9rem .15rem 0;font-weight:400}")
                .append("th{color:#666}td:first-child,th:first-child{text-align:left}")
                .append(".frames{display:grid;gap:.4rem .6rem;align-items:start}")
                .append(".frames img{width:100%;display:block;border-radius:3px}")
                .append(".frames b{font-weight:500;color:#666}.frames a{color:#2457a6}</style>")
                .append("<h1>Liftstream demo</h1><p>")
                .append(
                        escaped(
                                String.format(
                                        Locale.ROOT,
                                        "%d frames published, %d lifted, %d rejected; %.1f frames a"
                                                + " second through Kafka and Flink.",
                                        tally.publishedCount(),
                                        rows.size(),
                                        tally.rejectedCount(),
                                        tally.framesPerSecond())))
                .append("</p>");
        rejections();
        for (String camera : new TreeSet<>(rows.stream().map(LiftedRow::cameraId).toList())) {
            camera(camera, rows.stream().filter(row -> row.cameraId().equals(camera)).toList());
        }
        html.append("</html>");
    }

    private void rejections() {
        tally.rejectedByReason()
                .forEach(
                        (reason, count) ->
                                html.append("<p>Rejected as ")
                                        .append(escaped(reason.name()))
                                        .append(": ")
                                        .append(count)
                                        .append("</p>"));
    }

    private void camera(String id, List<LiftedRow> rows) {
        html.append("<h2>").append(escaped(id)).append("</h2>");
        table(rows);
        boolean truth = rows.get(0).hasTruth();
        int columns = truth ? 4 : 2;
        html.append("<div class=\"frames\" style=\"grid-template-columns:repeat(")
                .append(columns)
                .append(",minmax(0,1fr)) 7rem\">")
                .append("<b>image</b>");
        if (truth) {
            html.append("<b>true inverse depth</b>");
        }
        html.append("<b>estimated</b>");
        if (truth) {
            html.append("<b>error (black: none, bright: half or more)</b>");
        }
        html.append("<b>frame</b>");
        int step =
                Math.max(1, (rows.size() + FRAMES_SHOWN_PER_CAMERA - 1) / FRAMES_SHOWN_PER_CAMERA);
        for (int i = 0; i < rows.size(); i += step) {
            frame(rows.get(i));
        }
        html.append("</div>");
    }

    private void table(List<LiftedRow> rows) {
        double[] latency = rows.stream().mapToDouble(LiftedRow::latencyMillis).sorted().toArray();
        double points = rows.stream().mapToInt(LiftedRow::points).average().orElse(0);
        html.append("<table><tr><th>frames<th>latency p50<th>p95<th>p99<th>points a frame");
        html.append("<th>AbsRel<th>within 1.25<th>model</tr><tr>");
        cell(Integer.toString(rows.size()));
        for (int percent : new int[] {50, 95, 99}) {
            cell(String.format(Locale.ROOT, "%.0f ms", SummaryFile.percentile(latency, percent)));
        }
        cell(String.format(Locale.ROOT, "%,.0f", points));
        cell(average(rows.stream().mapToDouble(LiftedRow::absoluteRelativeError).toArray()));
        cell(average(rows.stream().mapToDouble(LiftedRow::withinQuarter).toArray()));
        String model = rows.get(0).model();
        cell(model.substring(0, Math.min(model.length(), model.indexOf('@') + 13)));
        html.append("</tr></table>");
    }

    private static String average(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Double.isNaN(mean) ? "not known" : String.format(Locale.ROOT, "%.3f", mean);
    }

    private void cell(String text) {
        html.append("<td>").append(escaped(text)).append("</td>");
    }

    private void frame(LiftedRow row) {
        String stem = OutputFolder.stem(row.cameraId(), row.sequence());
        picture(stem, ".jpg");
        if (row.hasTruth()) {
            picture(stem, ".truth-color.png");
        }
        picture(stem, ".depth-color.png");
        if (row.hasTruth()) {
            picture(stem, ".error-color.png");
        }
        html.append("<span>")
                .append(row.sequence())
                .append("<br>")
                .append(Math.round(row.latencyMillis()))
                .append(" ms<br><a href=\"")
                .append(escaped(stem))
                .append(".ply\">cloud</a> <a href=\"")
                .append(escaped(stem))
                .append(".depth.png\">16 bit</a></span>");
    }

    private void picture(String stem, String extension) {
        html.append("<img loading=\"lazy\" alt=\"\" src=\"")
                .append(escaped(stem))
                .append(extension)
                .append("\">");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
