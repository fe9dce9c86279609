package io.liftstream.cli.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.cli.console.TypedCommand;
import io.liftstream.files.NpyFile;
import io.liftstream.files.PlyFile;
import io.liftstream.lifting.LiftingFixture;
import io.liftstream.lifting.PointCloud;
import io.liftstream.testing.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder, a broker, and the commands as a user types them. */
final class ReportDesk {
    private final Path folder;
    private final EmbeddedBroker broker;
    private final TypedCommand command = new TypedCommand();
    private int code;

    ReportDesk(Path folder, EmbeddedBroker broker) {
        this.folder = folder;
        this.broker = broker;
    }

    Path folder() {
        return folder;
    }

    EmbeddedBroker broker() {
        return broker;
    }

    Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** A picture of this size. */
    Path picture(String name, int width, int height) throws IOException {
        return write(name, LiftingFixture.png(width, height));
    }

    /** Types a command; paths, numbers and words. */
    ReportDesk run(Object... words) {
        code = command.run(Stream.of(words).map(Object::toString).toArray(String[]::new));
        return this;
    }

    /** Types {@code lift}, whose files go to a folder of their own. */
    ReportDesk lift(Object... words) {
        List<Object> all = new ArrayList<>(List.of("lift"));
        all.addAll(List.of(words));
        all.addAll(List.of("--out", folder.resolve("out"), "--point-cloud"));
        return run(all.toArray());
    }

    /** The last command did what it was asked to. */
    ReportDesk succeeds() {
        assertThat(code).as(command.complaints()).isZero();
        return this;
    }

    /** The last command ended with this code, which is not 0. */
    ReportDesk fails(int expected) {
        assertThat(code).as(command.complaints()).isEqualTo(expected);
        return this;
    }

    /** The last command's complaints and remarks. */
    ReportDesk says(String... parts) {
        assertThat(command.output() + command.complaints()).contains(parts);
        return this;
    }

    ReportDesk saysNot(String... parts) {
        assertThat(command.output() + command.complaints()).doesNotContain(parts);
        return this;
    }

    /** The last command complained in so many lines. */
    ReportDesk complainsInLines(int count) {
        assertThat(command.complaints()).hasLineCount(count);
        return this;
    }

    String output() {
        return command.output();
    }

    String complaints() {
        return command.complaints();
    }

    /** What is said of the picture that was lifted last. */
    JsonNode line() throws IOException {
        List<String> lines = command.output().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    PointCloud cloud(String image) throws IOException {
        return PlyFile.read(folder.resolve("out").resolve(image + ".ply"));
    }

    float[] depth(String image) throws IOException {
        return NpyFile.read(folder.resolve("out").resolve(image + ".depth.npy")).floats();
    }

    /** A picture has no results. */
    ReportDesk hasNot(String image) {
        assertThat(folder.resolve("out").resolve(image + ".ply")).doesNotExist();
        return this;
    }
}
