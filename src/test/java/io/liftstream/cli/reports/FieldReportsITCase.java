package io.liftstream.cli.reports;

import io.liftstream.testing.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users of this field reported, in public, of other programs: every situation by the real
 * command, from the words that are typed to the files, lines and exit code. Each stands for a kind;
 * more of each kind are in the tests of the package that decides it.
 */
class FieldReportsITCase {
    private static EmbeddedBroker broker;

    @TempDir private Path folder;

    @BeforeAll
    static void startBroker() throws Exception {
        // As Kafka is delivered.
        broker = EmbeddedBroker.start(Map.of("message.max.bytes", "1048588"));
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    static Stream<FieldReport> reports() {
        return Stream.of(
                        PictureReports.all(),
                        DepthFileReports.all(),
                        GraphReports.all(),
                        CheckpointReports.all(),
                        RecordingReports.all())
                .flatMap(kind -> kind);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void comesOutAsItShould(FieldReport report) throws Exception {
        report.check().at(new ReportDesk(folder, broker));
    }
}
