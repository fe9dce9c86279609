package io.liftstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
    private static final Pattern LINK = Pattern.compile("href=\"(camera-[^\"]+)\"");

    @TempDir private Path folder;

    @Test
    void linksLeadToDepthAndCloudOfEveryFrame() throws Exception {
        assertThat(links(true))
                .hasSize(6)
                .allSatisfy(link -> assertThat(folder.resolve(link)).isRegularFile());
    }

    @Test
    void whatWasNotAskedForHasNoFileAndNoLink() throws Exception {
        assertThat(links(false)).isEmpty();
        assertThat(folder.resolve("camera-1/000000.depth-color.png")).isRegularFile();
        assertThat(folder.resolve("camera-1/000000.depth.png")).doesNotExist();
    }

    private List<String> links(boolean withFiles) throws Exception {
        DemoTally tally = new DemoTally(new DemoFolder(folder));
        LiftedFleet.lift(tally, 3, withFiles);
        ContactSheet.write(tally, folder);
        return LINK.matcher(Files.readString(folder.resolve("index.html")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
