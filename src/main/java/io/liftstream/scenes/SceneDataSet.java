package io.liftstream.scenes;

import io.liftstream.files.NpyItems;
import io.liftstream.frame.Intrinsics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * A set of rendered pictures on disk, each of a scene of its own. NumPy maps the files into memory
 * as they are:
 *
 * <ul>
 *   <li>{@code rgb.npy}: uint8 {@code [count][height][width][3]}
 *   <li>{@code depth.npy}: float32 {@code [count][height][width]}, metres, infinite for the sky
 *   <li>{@code intrinsics.npy}: float64 {@code [count][4]}, fx, fy, cx, cy in pixels
 *   <li>{@code family.npy}: uint8 {@code [count]}, the {@link SceneFamily#ordinal()}
 * </ul>
 *
 * @param seed decides every scene of the set; two sets with different seeds share no scene
 * @param count how many pictures, 1 or more
 * @param width columns of each
 * @param height rows of each
 * @param families picture i is of family {@code i mod size}; not empty
 */
public record SceneDataSet(
        long seed, int count, int width, int height, List<SceneFamily> families) {

    /**
     * @param seed any number; two seeds are two worlds
     * @param count pictures, at least 1
     * @param width columns of each picture
     * @param height rows of each picture
     * @param families the kinds of place, in turn
     * @throws IllegalArgumentException if the count is not positive, a side is not 16 to 4096
     *     pixels or no family is given
     */
    public SceneDataSet {
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + ": at least one picture");
        }
        RenderedCamera.checkSize("width", width);
        RenderedCamera.checkSize("height", height);
        if (families.isEmpty()) {
            throw new IllegalArgumentException("families is empty: name at least one");
        }
        families = List.copyOf(families);
    }

    /**
     * Renders picture {@code index} of the set; the same bytes as in the files.
     *
     * @param index from 0
     * @return the picture with its true depth
     */
    public RenderedFrame render(int index) {
        SceneFamily family = familyOf(index);
        return RenderedCamera.of(seed, index, family, width, height).frame(0);
    }

    /**
     * {@return the family of picture {@code index}}
     *
     * @param index from 0
     */
    public SceneFamily familyOf(int index) {
        return families.get(index % families.size());
    }

    /**
     * Renders all pictures into a directory, which is made if need be; files of the same names are
     * replaced.
     *
     * @param directory where the four files go
     * @param threads how many pictures are rendered at the same time, 1 or more
     * @param progress told the number of finished pictures, from any thread
     * @throws IOException if a file cannot be written
     * @throws InterruptedException if the calling thread is interrupted; the files are incomplete
     */
    public void write(Path directory, int threads, IntConsumer progress)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        try (NpyItems rgb =
                        NpyItems.create(
                                directory.resolve("rgb.npy"), "|u1", count, height, width, 3);
                NpyItems depth =
                        NpyItems.create(
                                directory.resolve("depth.npy"), "<f4", count, height, width);
                NpyItems intrinsics =
                        NpyItems.create(directory.resolve("intrinsics.npy"), "<f8", count, 4);
                NpyItems family = NpyItems.create(directory.resolve("family.npy"), "|u1", count)) {
            AtomicInteger done = new AtomicInteger();
            inParallel(
                    threads,
                    index -> {
                        RenderedFrame frame = render(index);
                        rgb.write(index, ByteBuffer.wrap(frame.rgb()));
                        depth.write(index, bytes(frame.depthMetres()));
                        intrinsics.write(index, bytes(frame.intrinsics()));
                        family.write(
                                index,
                                ByteBuffer.wrap(new byte[] {(byte) familyOf(index).ordinal()}));
                        progress.accept(done.incrementAndGet());
                    });
        }
    }

    private interface Work {
        void at(int index) throws IOException;
    }

    private void inParallel(int threads, Work work) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            AtomicInteger next = new AtomicInteger();
            Callable<Void> worker =
                    () -> {
                        for (int i = next.getAndIncrement();
                                i < count;
                                i = next.getAndIncrement()) {
                            work.at(i);
                        }
                        return null;
                    };
            for (Future<Void> finished : pool.invokeAll(Collections.nCopies(threads, worker))) {
                finished.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a picture could not be rendered", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static ByteBuffer bytes(float[] values) {
        ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer bytes(Intrinsics of) {
        ByteBuffer bytes = littleEndian(4 * Double.BYTES);
        bytes.asDoubleBuffer().put(of.fx()).put(of.fy()).put(of.cx()).put(of.cy());
        return bytes;
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
