package io.liftstream.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liftstream.frame.Axes;
import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.DepthMapping;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.LiftingException;
import io.liftstream.frame.MetricBasis;
import io.liftstream.frame.Provenance;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.DepthToMetres;
import io.liftstream.lifting.calibration.CameraSetup;
import io.liftstream.wire.ReadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFolderTest {
    @TempDir private Path folder;

    @Test
    void framesThatShareANumberDoNotOverwriteEachOther() throws IOException {
        ResultFolder export = new ResultFolder(folder);
        export.write(result("door", 0, 7, 100));
        export.write(result("door", 0, 7, 200));
        export.write(result("door", 0, 7, 200));
        export.write(result("door", 1, 7, 300));

        assertThat(folder.resolve("door"))
                .isDirectoryContaining("glob:**/000007.json")
                .isDirectoryContaining("glob:**/000007-200.json");
        assertThat(folder.resolve("door").toFile().list()).hasSize(5);
        assertThat(folder.resolve("door/epoch-1"))
                .isDirectoryContaining("glob:**/000007.{json,depth.npy}");
    }

    @Test
    void theDescriptionSaysHowDepthBecameMetres() throws IOException {
        new ResultFolder(folder).write(result("door", 0, 7, 100));

        JsonNode numbers =
                new ObjectMapper()
                        .readTree(folder.resolve("door/000007.json").toFile())
                        .path("depth_to_metres");
        assertThat(numbers.path("near").asDouble()).isEqualTo(0.5);
        assertThat(numbers.path("far").asDouble()).isEqualTo(10);
        assertThat(numbers.path("depth_trunc").asDouble()).isEqualTo(10);
    }

    @Test
    void aCameraIdCannotLeadOutOfTheFolder() {
        ResultFolder export = new ResultFolder(folder.resolve("inside"));
        assertThatThrownBy(() -> export.write(result("..", 0, 1, 1)))
                .isInstanceOf(LiftingException.class)
                .hasMessageContaining("camera_id");
        assertThat(folder).isEmptyDirectory();
    }

    private static ReadResult result(String camera, int epoch, long sequence, long captureTime) {
        return new ReadResult(
                camera,
                epoch,
                captureTime,
                sequence,
                new DepthEstimationResult(
                        2,
                        1,
                        new float[] {1, 2},
                        1,
                        2,
                        null,
                        null,
                        null,
                        "model",
                        "model",
                        new Intrinsics(1, 1, 0, 0),
                        DepthMapping.INVERSE,
                        Axes.OPTICAL,
                        MetricBasis.GUESS,
                        0,
                        0,
                        null,
                        new DepthToMetres(1, 1, 2, 0.5, 10, 10, 1000),
                        null,
                        new ImageSize(2, 1),
                        null),
                IntrinsicsSource.MESSAGE,
                List.of(),
                new Provenance("frames", 0, 0, 0),
                CameraSetup.UNKNOWN,
                CaptureTimeSource.MESSAGE,
                null,
                null);
    }
}
