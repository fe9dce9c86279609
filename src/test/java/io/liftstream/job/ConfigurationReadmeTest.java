package io.liftstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds conf/ to the options; {@code -Dliftstream.write-docs=true} writes the table anew. */
class ConfigurationReadmeTest {
    private static final Path PAGE = Path.of("conf", "README.md");
    private static final String BEGIN = "writes it anew -->\n";
    private static final String END = "<!-- end of options -->";

    @Test
    void theOptionTableIsThatOfTheOptions() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (Boolean.getBoolean("liftstream.write-docs")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end)).isEqualTo(table());
    }

    @Test
    void everyOptionIsDescribed() {
        for (ConfigOption<?> option : LiftstreamOptions.all()) {
            assertThat(description(option)).as(option.key()).isNotBlank().endsWith(".");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"live.yaml", "replay.yaml", "local.yaml"})
    void theFilesOfConfAreGoodConfigurations(String file) {
        JobSettings settings =
                JobSettingsReader.read(ConfigurationLoader.load(Path.of("conf", file), List.of()));

        assertThat(settings.flink()).containsKey("execution.checkpointing.dir");
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("\n| option | type | default | meaning |\n|---|---|---|---|\n");
        for (ConfigOption<?> option : LiftstreamOptions.all()) {
            String value = OptionTypes.defaultOf(option);
            table.append("| `")
                    .append(option.key())
                    .append("` | ")
                    .append(OptionTypes.describe(option))
                    .append(" | ")
                    .append(value.isEmpty() ? "" : "`" + value + "`")
                    .append(" | ")
                    .append(description(option))
                    .append(" |\n");
        }
        return table.append('\n').toString();
    }

    private static String description(ConfigOption<?> option) {
        return new org.apache.flink.configuration.description.HtmlFormatter()
                .format(option.description())
                .replace("&gt;", ">")
                .replace("&lt;", "<");
    }
}
