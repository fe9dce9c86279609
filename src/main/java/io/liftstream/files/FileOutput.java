package io.liftstream.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** A file that grows, whose failures name it: the system does not say which disk is full. */
public final class FileOutput extends FilterOutputStream {
    private final Path file;

    private FileOutput(Path file, OutputStream out) {
        super(out);
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @param file to write to
     * @param options as {@link Files#newOutputStream} takes them
     * @return the stream of its bytes
     * @throws IOException where it cannot be opened
     */
    public static OutputStream open(Path file, OpenOption... options) throws IOException {
        return new FileOutput(file, Files.newOutputStream(file, options));
    }

    @Override
    public void write(int value) throws FileSystemException {
        named(() -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws FileSystemException {
        named(() -> out.write(bytes, from, count));
    }

    @Override
    public void flush() throws FileSystemException {
        named(out::flush);
    }

    @Override
    public void close() throws FileSystemException {
        named(out::close);
    }

    private void named(Step step) throws FileSystemException {
        try {
            step.run();
        } catch (IOException e) {
            throw WholeFile.refusal(file, e);
        }
    }

    /** Something that the file system may refuse. */
    private interface Step {
        void run() throws IOException;
    }
}
