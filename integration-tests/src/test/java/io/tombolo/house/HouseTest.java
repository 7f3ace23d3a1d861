package io.tombolo.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The plan of the house. There are no exemptions: who needs one changes the plan, in an ADR, and then this test.
 *
 * <p>Every rule speaks about all classes ("nobody outside of …", "each class …"), so none of them can pass because its
 * own set is empty; {@link #everyModuleWithCodeIsLookedAt()} sees to it that all classes are there.
 */
class HouseTest {
    private static final String[] SPEAK_GRPC = {
        "io.tombolo.wire..",
        "io.tombolo.*.push..",
        "io.tombolo.*.feed..",
        "io.tombolo.*.enrol..",
        "io.tombolo.*.join..",
        "io.tombolo.*.peers..",
        "io.tombolo.*.replica..",
        "io.tombolo.terraform.wire..",
        "io.tombolo.terraform.proto.."
    };

    private static final JavaClasses MESH = new ClassFileImporter()
            .importPaths(Module.withCode().stream().map(Module::classes).toList());

    @Test
    void everyModuleWithCodeIsLookedAt() {
        assertThat(Module.withCode())
                .contains(Module.MODEL, Module.WIRE)
                .allSatisfy(module -> assertThat(MESH)
                        .as("class files of %s in %s; build it first", module, module.classes())
                        .anyMatch(type -> Module.of(type.getPackageName())
                                .filter(module::equals)
                                .isPresent()));
    }

    @Test
    void everyClassIsInAModulesBasePackage() {
        check(classes()
                .should(satisfy(
                        "be below its module's base package",
                        (type, where) -> Module.of(where).isPresent())));
    }

    @Test
    void modulesImportOnlyThoseThatTheyAreBuiltOn() {
        check(classes()
                .should(importOnly(
                        "what their module may",
                        (from, to) -> !(to + ".").startsWith("io.tombolo.")
                                || Module.of(from)
                                        .filter(module -> module.mayImport(to))
                                        .isPresent())));
    }

    @Test
    void roomsHaveNoCycles() {
        check(slices().matching("io.tombolo.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void everyRoomOfTheDataPathIsOnThePlan() {
        check(classes().should(beInARoomOf(Walk.DATA)));
    }

    @Test
    void everyRoomOfTheControllerIsOnThePlan() {
        check(classes().should(beInARoomOf(Walk.CONTROL)));
    }

    @Test
    void everyRoomOfTheTerraformProviderIsOnThePlan() {
        check(classes().should(beInARoomOf(Walk.PROVIDER)));
    }

    @Test
    void theTerraformProviderRunsOneWay() {
        check(classes().should(runOneWay(Walk.PROVIDER)));
    }

    @Test
    void dataPathRunsOneWay() {
        check(classes().should(runOneWay(Walk.DATA)));
    }

    @Test
    void controlPathRunsOneWay() {
        check(classes().should(runOneWay(Walk.CONTROL)));
    }

    @Test
    void modelNeedsNothingButTheJdk() {
        check(classes()
                .that()
                .resideInAPackage("io.tombolo.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax..", "org.jspecify..", "io.tombolo.model.."));
    }

    /** The door of the API stands before every route of Quarkus' HTTP server, which is Vert.x: ADR-0004. */
    @Test
    void vertxStaysInTheDataPlaneAndAtTheDoorOfTheApi() {
        fence(
                List.of("io.vertx.."),
                "io.tombolo.dataplane..",
                "io.tombolo.gateway..",
                "io.tombolo.sidecar..",
                "io.tombolo.controller.api");
    }

    @Test
    void nettyStaysInTheDataPlaneExceptForTheTlsOfGrpc() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.tombolo.dataplane..", "io.tombolo.gateway..", "io.tombolo.sidecar..")
                .and()
                .resideOutsideOfPackages(SPEAK_GRPC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackages("io.tombolo.dataplane..", "io.tombolo.gateway..", "io.tombolo.sidecar..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.netty..").and(resideOutsideOfPackage("io.netty.handler.ssl.."))));
    }

    @Test
    void kafkaStaysBehindTheLog() {
        fence(
                List.of("org.apache.kafka..", "kafka..", "io.smallrye.reactive.messaging.."),
                "io.tombolo.kafka..",
                "io.tombolo.controller.publish..",
                "io.tombolo.controller.subscribe..",
                "io.tombolo.controller.backbone..");
    }

    @Test
    void scalaStaysInTheBroker() {
        fence(List.of("scala.."), "io.tombolo.kafka..");
    }

    @Test
    void kubernetesStaysInItsRooms() {
        fence(List.of("io.fabric8.."), "io.tombolo..kube..");
    }

    @Test
    void bouncyCastleStaysInTwoRooms() {
        fence(List.of("org.bouncycastle.."), "io.tombolo.trustbundle.x509..", "io.tombolo.trustbundle.curve..");
    }

    @Test
    void grpcStaysWhereItIsSpoken() {
        fence(List.of("io.grpc.."), SPEAK_GRPC);
    }

    @Test
    void picocliStaysInTheCommand() {
        fence(List.of("picocli.."), "io.tombolo.cli..");
    }

    @Test
    void containersStayInThePrograms() {
        fence(
                List.of("io.quarkus..", "jakarta..", "io.smallrye.."),
                "io.tombolo.gateway..",
                "io.tombolo.sidecar..",
                "io.tombolo.controller..");
    }

    @Test
    void everyPackageHasADoorSignAndIsNullMarked() {
        var unmarked = new ArrayList<Path>();
        int packages = 0;
        for (Module module : Module.withCode()) {
            for (Path directory : packagesOf(module)) {
                packages++;
                if (!isNullMarked(directory.resolve("package-info.java"))) {
                    unmarked.add(directory);
                }
            }
        }
        assertThat(packages).isPositive();
        assertThat(unmarked)
                .as("packages without a package-info.java that has Javadoc and @NullMarked")
                .isEmpty();
    }

    private static void check(ArchRule rule) {
        rule.check(MESH);
    }

    private static void fence(List<String> library, String... rooms) {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library.toArray(String[]::new)));
    }

    private static ArchCondition<JavaClass> beInARoomOf(Walk walk) {
        return satisfy(
                "be in a room of " + walk.basePackage() + " that its Walk lists",
                (type, where) -> !(where + ".").startsWith(walk.basePackage() + ".") || walk.knows(walk.roomOf(where)));
    }

    private static ArchCondition<JavaClass> runOneWay(Walk walk) {
        return importOnly("earlier rooms of its walk", (from, to) -> {
            String room = walk.roomOf(from);
            String other = walk.roomOf(to);
            return room.isEmpty() || other.isEmpty() || walk.runsOneWay(room, other);
        });
    }

    /** A condition on a class and the name of its package. */
    private static ArchCondition<JavaClass> satisfy(String what, BiPredicate<JavaClass, String> holds) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!holds.test(type, type.getPackageName())) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is in no such package"));
                }
            }
        };
    }

    /** A condition on the packages at both ends of each import. */
    private static ArchCondition<JavaClass> importOnly(String what, BiPredicate<String, String> allowed) {
        return new ArchCondition<>("import only " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    String to =
                            dependency.getTargetClass().getBaseComponentType().getPackageName();
                    if (!allowed.test(type.getPackageName(), to)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static List<Path> packagesOf(Module module) {
        if (!Files.isDirectory(module.sources())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(module.sources())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNullMarked(Path packageInfo) {
        try {
            if (!Files.exists(packageInfo)) {
                return false;
            }
            String text = Files.readString(packageInfo);
            return text.contains("/**") && text.contains("\n@NullMarked");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
