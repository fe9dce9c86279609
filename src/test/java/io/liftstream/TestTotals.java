package io.liftstream;

import java.io.File;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** Adds up the reports of the test runs: {@code java TestTotals.java FOLDER...} */
public final class TestTotals {

    private TestTotals() {}

    /** Prints one line: passed, failed, skipped. */
    public static void main(String[] folders) throws Exception {
        int tests = 0;
        int failed = 0;
        int skipped = 0;
        for (String folder : folders) {
            File[] reports = new File(folder).listFiles((place, name) -> name.startsWith("TEST-"));
            for (File report : reports == null ? new File[0] : reports) {
                Element suite =
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(report)
                                .getDocumentElement();
                tests += count(suite, "tests");
                failed += count(suite, "failures") + count(suite, "errors");
                skipped += count(suite, "skipped");
            }
        }
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "%d passed, %d failed, %d skipped",
                        tests - failed - skipped,
                        failed,
                        skipped));
    }

    private static int count(Element suite, String attribute) {
        return Integer.parseInt(suite.getAttribute(attribute));
    }
}
