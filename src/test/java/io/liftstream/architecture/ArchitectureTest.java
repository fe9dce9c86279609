package io.liftstream.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Dependencies point one way: job -> stream, kafka -> wire -> lifting -> inference -> image ->
 * frame.
 */
@AnalyzeClasses(packages = "io.liftstream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DEPENDENCIES_POINT_DOWN =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("cli")
                    .definedBy("io.liftstream.cli..")
                    .layer("job")
                    .definedBy("io.liftstream.job..")
                    .layer("stream")
                    .definedBy("io.liftstream.stream..")
                    .layer("kafka")
                    .definedBy("io.liftstream.kafka..")
                    .layer("wire")
                    .definedBy("io.liftstream.wire..")
                    .layer("lifting")
                    .definedBy("io.liftstream.lifting..")
                    .layer("inference")
                    .definedBy("io.liftstream.inference..")
                    .layer("image")
                    .definedBy("io.liftstream.image..")
                    .layer("scenes")
                    .definedBy("io.liftstream.scenes..")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("job")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("stream")
                    .mayOnlyBeAccessedByLayers("cli", "job")
                    .whereLayer("kafka")
                    .mayOnlyBeAccessedByLayers("cli", "job")
                    .whereLayer("wire")
                    .mayOnlyBeAccessedByLayers("cli", "job", "stream", "kafka")
                    .whereLayer("lifting")
                    .mayOnlyBeAccessedByLayers("cli", "job", "stream", "wire")
                    .whereLayer("inference")
                    .mayOnlyBeAccessedByLayers("cli", "job", "stream", "wire", "lifting")
                    .whereLayer("image")
                    .mayOnlyBeAccessedByLayers(
                            "cli", "stream", "wire", "lifting", "inference", "scenes")
                    .whereLayer("scenes")
                    .mayOnlyBeAccessedByLayers("cli");

    @ArchTest
    static final ArchRule THE_NOUNS_NEED_THE_JDK_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage("io.liftstream.frame..")
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages("java..", "io.liftstream.frame..");

    @ArchTest
    static final ArchRule THE_LIBRARY_KNOWS_NEITHER_FLINK_NOR_KAFKA =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.liftstream.lifting..",
                            "io.liftstream.image..",
                            "io.liftstream.inference..",
                            "io.liftstream.scenes..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule INFERENCE_ALONE_USES_ONNX_RUNTIME =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.liftstream.inference..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule WIRE_ALONE_USES_THE_GENERATED_MESSAGES =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.liftstream.wire..", "io.liftstream.proto..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.liftstream.proto..");

    @ArchTest
    static final ArchRule KAFKA_ALONE_BUILDS_SOURCES_AND_SINKS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.liftstream.kafka..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink.connector.kafka.source",
                            "org.apache.flink.connector.kafka.sink..");
}
