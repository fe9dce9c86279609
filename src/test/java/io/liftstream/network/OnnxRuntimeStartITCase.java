package io.liftstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxRuntimeStartITCase {
    /** Starts ONNX Runtime on an ordinary thread. */
    static final class Start {
        private Start() {}

        public static void main(String[] arguments) {
            OrtLibrary.environment();
            System.out.println("started");
        }
    }

    @Test
    void startsUnderACommandLineAsLongAsFlinksWithTelemetryLeftOn() throws Exception {
        String longArgument = "/some/jar/on/a/class/path.jar:".repeat(2000);
        ChildJvm child =
                ChildJvm.start(
                        Map.of("ORT_DISABLE_TELEMETRY", ""),
                        List.of("-Xss1m"),
                        Start.class,
                        List.of(longArgument));
        assertThat(child.output()).contains("started");
    }
}
