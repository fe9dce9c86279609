package io.liftstream.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    @TempDir private Path folder;

    @Test
    void numbersInNamesCountAsNumbers() throws Exception {
        create("f_10.png", "f_2.png", "f_1.png", "f_010.png", "cam2_1.png", "cam10_1.png", "f.png");

        assertThat(names(ImageFiles.images(folder)))
                .containsExactly(
                        "cam2_1.png",
                        "cam10_1.png",
                        "f.png",
                        "f_1.png",
                        "f_2.png",
                        "f_010.png",
                        "f_10.png");
    }

    @Test
    void whatIsNoPictureIsNotTakenAndCanBeListed() throws Exception {
        create("00.jpg", "._00.jpg", "10.CR3", "1.heic", "02.JFIF", "Thumbs.db");
        Files.createDirectory(folder.resolve("older.jpg"));

        assertThat(names(ImageFiles.images(folder))).containsExactly("00.jpg", "02.JFIF");
        assertThat(ImageFiles.unreadPictures(folder))
                .hasValue(
                        "2 pictures in "
                                + folder
                                + " of a format that cannot be read; convert to JPEG or PNG: 1.heic,"
                                + " 10.CR3");
        assertThat(ImageFiles.others(folder))
                .hasValue("2 other files in " + folder + ": ._00.jpg, Thumbs.db");
    }

    private void create(String... names) throws Exception {
        for (String name : names) {
            Files.createFile(folder.resolve(name));
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }
}
