package io.liftstream.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Dependencies point one way: cli -> job -> stream, kafka -> wire -> files -> lifting -> network ->
 * model -> image -> frame. No package, at any depth, is part of a circle.
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
                    .layer("input")
                    .definedBy("io.liftstream.input..")
                    .layer("wire")
                    .definedBy("io.liftstream.wire..")
                    .layer("foxglove")
                    .definedBy("io.liftstream.foxglove..")
                    .layer("files")
                    .definedBy("io.liftstream.files..")
                    .layer("lifting")
                    .definedBy("io.liftstream.lifting..")
                    .layer("network")
                    .definedBy("io.liftstream.network..")
                    .layer("model")
                    .definedBy("io.liftstream.model..")
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
                    .whereLayer("input")
                    .mayOnlyBeAccessedByLayers("cli", "job", "stream", "kafka")
                    .whereLayer("wire")
                    .mayOnlyBeAccessedByLayers("cli", "job", "stream", "kafka", "input")
                    .whereLayer("foxglove")
                    .mayOnlyBeAccessedByLayers("cli", "input")
                    .whereLayer("files")
                    .mayOnlyBeAccessedByLayers("cli", "wire", "scenes")
                    .whereLayer("lifting")
                    .mayOnlyBeAccessedByLayers(
                            "cli", "job", "stream", "input", "wire", "foxglove", "files")
                    .whereLayer("network")
                    .mayOnlyBeAccessedByLayers("cli", "job", "stream", "lifting")
                    .whereLayer("model")
                    .mayOnlyBeAccessedByLayers("cli", "job", "stream", "wire", "lifting", "network")
                    .whereLayer("image")
                    .mayOnlyBeAccessedByLayers(
                            "cli",
                            "job",
                            "stream",
                            "input",
                            "wire",
                            "foxglove",
                            "files",
                            "lifting",
                            "network",
                            "model",
                            "scenes")
                    .whereLayer("scenes")
                    .mayOnlyBeAccessedByLayers("cli");

    @ArchTest
    static final ArchRule NO_PACKAGE_IS_PART_OF_A_CIRCLE =
            slices().matching("io.liftstream.(**)").should().beFreeOfCycles();

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
                            "io.liftstream.foxglove..",
                            "io.liftstream.lifting..",
                            "io.liftstream.files..",
                            "io.liftstream.image..",
                            "io.liftstream.model..",
                            "io.liftstream.network..",
                            "io.liftstream.scenes..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..");

    /** Its half-precision conversions are plain arithmetic and need no native library. */
    @ArchTest
    static final ArchRule NETWORK_ALONE_USES_ONNX_RUNTIME =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.liftstream.network..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("ai.onnxruntime", "ai.onnxruntime.providers..");

    @ArchTest
    static final ArchRule WIRE_ALONE_USES_THE_GENERATED_MESSAGES =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.liftstream.wire..", "io.liftstream.proto..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.liftstream.proto.v1..");

    @ArchTest
    static final ArchRule FOXGLOVE_ALONE_USES_ITS_GENERATED_MESSAGES =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.liftstream.foxglove..", "io.liftstream.proto..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.liftstream.proto.foxglove..");

    @ArchTest
    static final ArchRule THE_RECORDING_FORMAT_NEEDS_TWO_COMPRESSIONS_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage("io.liftstream.mcap..")
                    .should()
                    .dependOnClassesThat()
                    .resideOutsideOfPackages(
                            "java..",
                            "io.liftstream.mcap..",
                            "com.github.luben.zstd..",
                            "net.jpountz..");

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

    /**
     * Equal input gives equal bytes, and tables look alike, wherever a process runs: an Arabic or
     * Persian locale has other digits, a German one another decimal mark.
     */
    @ArchTest
    static final ArchRule NOTHING_DEPENDS_ON_THE_LOCALE_OF_THE_MACHINE =
            noClasses().should().callCodeUnitWhere(takesTheLocaleOfTheMachine());

    private static DescribedPredicate<JavaCall<?>> takesTheLocaleOfTheMachine() {
        return DescribedPredicate.describe(
                "the machine's locale is taken because none is given",
                call ->
                        call.getTargetOwner().getPackageName().startsWith("java.")
                                && (call.getTarget().getName().equals("formatted")
                                        || LocaleOverloads.has(call.getTarget())));
    }
}
