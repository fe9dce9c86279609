package io.liftstream;

import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** Adds up the reports of the test runs: {@code java TestTotals.java FOLDER...} */
public final class TestTotals {
    private static final int SLOWEST_SHOWN = 10;

    private final List<Suite> suites = new ArrayList<>();

    private TestTotals() {}

    private record Suite(String name, int tests, int failed, int skipped, double seconds) {}

    /** Prints the ten slowest test classes, then one line: passed, failed, skipped. */
    public static void main(String[] folders) throws Exception {
        TestTotals totals = new TestTotals();
        for (String folder : folders) {
            totals.add(new File(folder));
        }
        totals.printSlowest();
        totals.printTotals();
    }

    private void add(File folder) throws Exception {
        File[] reports = folder.listFiles((place, name) -> name.startsWith("TEST-"));
        for (File report : reports == null ? new File[0] : reports) {
            suites.add(
                    suite(
                            DocumentBuilderFactory.newInstance()
                                    .newDocumentBuilder()
                                    .parse(report)
                                    .getDocumentElement()));
        }
    }

    private static Suite suite(Element element) {
        return new Suite(
                element.getAttribute("name"),
                count(element, "tests"),
                count(element, "failures") + count(element, "errors"),
                count(element, "skipped"),
                Double.parseDouble(element.getAttribute("time").replace(",", "")));
    }

    private static int count(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }

    private void printSlowest() {
        System.out.println("Slowest test classes, seconds:");
        suites.stream()
                .sorted(Comparator.comparingDouble(Suite::seconds).reversed())
                .limit(SLOWEST_SHOWN)
                .map(
                        suite ->
                                String.format(
                                        Locale.ROOT, "%7.1f  %s", suite.seconds(), suite.name()))
                .forEach(System.out::println);
    }

    private void printTotals() {
        int failed = suites.stream().mapToInt(Suite::failed).sum();
        int skipped = suites.stream().mapToInt(Suite::skipped).sum();
        int tests = suites.stream().mapToInt(Suite::tests).sum();
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%d passed, %d failed, %d skipped",
                        tests - failed - skipped,
                        failed,
                        skipped));
    }
}
