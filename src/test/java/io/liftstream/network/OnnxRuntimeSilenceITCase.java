package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ONNX Runtime refuses is thrown and said once, by us. A JVM of its own: Java cannot see what
 * its native libraries write.
 */
class OnnxRuntimeSilenceITCase {
    private static final String REFUSED = "refused 2";

    @TempDir private Path folder;

    @Test
    void filesAndRunsThatFailAreRefusedWithoutAWordOfTheLibrary() throws Exception {
        Path model = TinyModel.meanOfChannels("b", 14, 14).write(folder.resolve("model.onnx"));
        Path damaged = folder.resolve("damaged.onnx");
        byte[] bytes = Files.readAllBytes(model);
        Files.write(damaged, Arrays.copyOf(bytes, bytes.length / 2));

        ChildJvm child =
                ChildJvm.start(
                        Map.of(),
                        List.of(),
                        Failures.class,
                        List.of(model.toString(), damaged.toString()));

        assertThat(child.output().strip()).isEqualTo(REFUSED);
    }

    /** Opens a damaged file, and runs a network on a tensor of another shape. */
    static final class Failures {
        private Failures() {}

        public static void main(String[] files) throws OrtException {
            OrtEnvironment environment = OrtLibrary.environment();
            int refused = 0;
            try {
                environment.createSession(files[1]);
            } catch (OrtException e) {
                refused++;
            }
            try (OrtSession session = environment.createSession(files[0]);
                    OnnxTensor tensor =
                            OnnxTensor.createTensor(environment, new float[1][3][9][5])) {
                session.run(Map.of("image", tensor));
            } catch (OrtException e) {
                refused++;
            }
            System.out.println("refused " + refused);
        }
    }
}
