package io.liftstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the job jar must and must not hold. */
class JobJarITCase {

    private static JarFile jar;
    private static List<String> names;

    @BeforeAll
    static void open() throws Exception {
        jar = new JarFile(System.getProperty("liftstream.job.jar"));
        names = jar.stream().map(ZipEntry::getName).toList();
    }

    @AfterAll
    static void close() throws Exception {
        if (jar != null) {
            jar.close();
        }
    }

    @Test
    void the_job_jar_holds_the_job_its_model_and_the_kafka_connector() {
        assertThat(names)
                .contains(
                        "io/liftstream/job/LiftstreamJob.class",
                        "io/liftstream/models/liftstream-tiny.onnx",
                        "io/liftstream/models/models.yaml",
                        "io/liftstream/proto/v1/CameraFrame.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/flink/connector/kafka/sink/KafkaSink.class",
                        "org/apache/flink/connector/base/DeliveryGuarantee.class",
                        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                        "com/google/protobuf/Message.class");
    }

    /** What is missing shows only when a frame needs it, and then ends the job again and again. */
    @Test
    void the_job_jar_holds_every_class_of_the_project_that_its_classes_use() {
        StringWriter missing = new StringWriter();
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(missing),
                        new PrintWriter(missing),
                        "--multi-release",
                        "base",
                        "--missing-deps",
                        jar.getName());

        assertThat(missing.toString()).contains("not found");
        assertThat(missing.toString().lines())
                .noneMatch(line -> line.matches(".*-> io\\.liftstream\\..*not found.*"));
    }

    @Test
    void the_job_jar_holds_no_native_library() {
        assertThat(names).noneMatch(name -> name.matches(".*\\.(so|dll|dylib|jnilib)(\\.\\d+)*"));
    }

    @Test
    void the_job_jar_holds_nothing_that_flinks_lib_or_the_launcher_has() {
        assertThat(names)
                .noneMatch(name -> name.startsWith("io/liftstream/cli/"))
                .noneMatch(name -> name.startsWith("io/liftstream/scenes/"))
                .noneMatch(name -> name.startsWith("picocli/"))
                .noneMatch(name -> name.startsWith("ai/onnxruntime/"))
                .noneMatch(name -> name.startsWith("org/bytedeco/"))
                .noneMatch(name -> name.startsWith("net/jpountz/"))
                .noneMatch(name -> name.startsWith("org/xerial/snappy/"))
                .noneMatch(name -> name.startsWith("com/github/luben/zstd/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/"))
                .noneMatch(name -> name.startsWith("org/eclipse/jetty/"))
                .noneMatch(name -> name.startsWith("META-INF/resources/webjars/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("org/apache/logging/"));
    }

    @Test
    void the_job_jar_keeps_the_licences_of_what_it_bundles() {
        assertThat(names)
                .contains(
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/licenses/protobuf-java.txt");
    }

    @Test
    void the_job_jar_starts_the_job() throws Exception {
        assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                .isEqualTo("io.liftstream.job.LiftstreamJob");
    }

    @Test
    void flinks_lib_holds_the_native_libraries_and_their_classes() {
        assertThat(new File(System.getProperty("liftstream.flink.lib")).list())
                .anyMatch(name -> name.matches("onnxruntime_gpu-.*\\.jar"))
                .anyMatch(name -> name.matches("opencv-.*-linux-x86_64\\.jar"))
                .anyMatch(name -> name.matches("opencv-[0-9.]+-[0-9.]+\\.jar"))
                .anyMatch(name -> name.matches("openblas-.*-linux-x86_64\\.jar"))
                .anyMatch(name -> name.matches("javacpp-.*-linux-x86_64\\.jar"))
                .anyMatch(name -> name.matches("lz4-java-.*\\.jar"))
                .anyMatch(name -> name.matches("zstd-jni-.*\\.jar"))
                .anyMatch(name -> name.matches("snappy-java-.*\\.jar"));
    }

    @Test
    void the_video_decoder_is_the_launchers_alone_and_not_the_gpl_build() throws Exception {
        File lib = new File(System.getProperty("liftstream.flink.lib"));
        assertThat(lib.list()).noneMatch(name -> name.startsWith("ffmpeg-"));
        assertThat(Files.readString(lib.toPath().resolveSibling("launcher.classpath")).split(":"))
                .anyMatch(path -> path.matches(".*/ffmpeg-[0-9.]+-[0-9.]+\\.jar"))
                .anyMatch(path -> path.matches(".*/ffmpeg-.*-linux-x86_64\\.jar"))
                .noneMatch(path -> path.contains("-gpl"));
    }
}
