package io.tombolo.cli.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.Tombolo;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.model.fault.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A healthy cluster, one breakage at a time: it is found, nothing else is, and the command that mends it is named. */
class SeededBreakagesTest {
    static Stream<Seed> seeds() {
        return Stream.of(SeedsBefore.ALL, SeedsInstalled.ALL, SeedsMembership.ALL, SeedsCalls.ALL, SeedsDeclared.ALL)
                .flatMap(List::stream);
    }

    @Test
    void aHealthyClusterIsWellBeforeAndAfterItsInstallation() {
        // Given
        var before = new Scene();
        before.before = true;
        // Then
        assertThat(Verdict.of(new Scene().evidence()).findings()).isEmpty();
        assertThat(Verdict.of(before.evidence()).findings()).isEmpty();
    }

    @Test
    void kindsThatTheChartMakesNeedNotBeThereBeforeIt() {
        // Given
        var before = new Scene();
        before.before = true;
        before.kinds = before.kinds.then(there -> there.stream()
                .filter(kind -> !kind.name().endsWith(".tombolo.io"))
                .toList());
        var after = new Scene();
        after.kinds = before.kinds;
        // Then
        assertThat(Verdict.of(before.evidence()).findings()).isEmpty();
        assertThat(Verdict.of(after.evidence()).findings())
                .hasSize(3)
                .allMatch(found -> found.fault() == Fault.KIND_MISSING);
    }

    @Test
    void whoseIdentityIsOverIsGone() {
        // Given
        var scene = new Scene();
        scene.proxies = Fact.seen(
                List.of(new Proxy("p2", "workload", "spiffe://a/b", false, false, false, "", "0.1.0", -1, 9)));
        // Then
        assertThat(Verdict.of(scene.evidence()).findings()).isEmpty();
    }

    @Test
    void whoSaidThatItEndsIsNotMissed() {
        // Given a pod that was replaced, and one of which nobody knows
        var replaced = new Scene();
        replaced.proxies = Fact.seen(
                List.of(new Proxy("p2", "workload", "spiffe://a/b", false, false, true, "", "0.1.0", 80, 100)));
        var lost = new Scene();
        lost.proxies = Fact.seen(
                List.of(new Proxy("p2", "workload", "spiffe://a/b", false, false, false, "", "0.1.0", 80, 100)));
        // Then
        assertThat(Verdict.of(replaced.evidence()).findings()).isEmpty();
        assertThat(Verdict.of(lost.evidence()).findings())
                .singleElement()
                .satisfies(found -> assertThat(found.fault()).isEqualTo(Fault.PROXY_SILENT));
    }

    @Test
    void twoControllersOfWhichOneIsInStepAreWell() {
        // Given
        var scene = new Scene();
        scene.hasTwoControllers(Optional.of(new Installed.Leading("tombolo-controller-1", "tombolo-controller-0")));
        // Then
        assertThat(Verdict.of(scene.evidence()).findings()).isEmpty();
    }

    @Test
    void whyNobodyIsInStepIsSaidInsteadWhereItIsKnown() {
        // Given one that is not ready, and two before they are members
        var starting = new Scene();
        starting.hasTwoControllers(Optional.of(new Installed.Leading("tombolo-controller-0", "")));
        starting.parts = Fact.seen(List.of(new Installed.Part("statefulset", "tombolo-controller", 2, 1)));
        var alone = new Scene();
        alone.hasTwoControllers(Optional.of(new Installed.Leading("tombolo-controller-0", "")));
        alone.controller =
                Fact.seen(Scene.controller("UNJOINED", null, false, List.of(SeedsInstalled.NOBODY_IN_STEP), null));
        // Then
        assertThat(Verdict.of(starting.evidence()).findings())
                .extracting(Finding::fault)
                .containsExactly(Fault.NOT_READY);
        assertThat(Verdict.of(alone.evidence()).findings())
                .extracting(Finding::fault)
                .contains(Fault.NOT_JOINED)
                .doesNotContain(Fault.NO_SECOND_CONTROLLER, Fault.CONTROLLER_WARNS);
    }

    @Test
    void oneThatTheChartDoesNotRunIsBelievedThatNobodyIsInStep() {
        // Given
        var scene = new Scene();
        scene.controller = Fact.seen(Scene.controller(
                "JOINED", Scene.backbone("CONNECTED"), false, List.of(SeedsInstalled.NOBODY_IN_STEP), null));
        // Then
        assertThat(Verdict.of(scene.evidence()).findings())
                .extracting(Finding::fault)
                .containsExactly(Fault.CONTROLLER_WARNS);
    }

    @Test
    void whereTheLeaseMayNotBeReadTheControllersOwnWordsStand() {
        // Given
        var scene = new Scene();
        scene.hasTwoControllers(Optional.empty());
        scene.leading = Fact.unknown("the lease", "may not be read", "");
        scene.controller = Fact.seen(Scene.controller(
                "JOINED", Scene.backbone("CONNECTED"), false, List.of(SeedsInstalled.NOBODY_IN_STEP), null));
        // Then
        assertThat(Verdict.of(scene.evidence()).findings())
                .extracting(Finding::fault)
                .containsExactlyInAnyOrder(Fault.CONTROLLER_WARNS, Fault.NOT_LOOKED_AT);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneBreakageIsOneFindingWithTheCommandThatMendsIt(Seed seed) {
        // When
        Verdict verdict = Verdict.of(seed.scene().evidence());
        // Then
        assertThat(verdict.findings())
                .as("%s", verdict.findings())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.fault()).isEqualTo(seed.fault());
                    assertThat(found.broken()).isEqualTo(seed.known());
                    assertThat(found.command()).contains(seed.command());
                    assertThat(found.where()).isNotEmpty();
                    assertThat(found.what()).isNotEmpty();
                });
        assertThat(verdict.isWell()).isFalse();
        assertThat(verdict.isBroken()).isEqualTo(seed.known());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aCommandOfOursCanBeRunAsItIsPrinted(Seed seed) {
        // Then
        Verdict.of(seed.scene().evidence()).findings().stream()
                .map(Finding::command)
                .filter(command -> command.startsWith("tombolo "))
                .forEach(command -> assertThat(Tombolo.commandLine()
                                .parseArgs(
                                        command.substring("tombolo ".length()).split(" "))
                                .errors())
                        .as(command)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void namesThatOthersGaveStayWordsInTheOperatorsShell(Seed seed) {
        // Given
        Evidence harmless = seed.scene().evidence();
        Finding expected = Verdict.of(harmless).findings().getFirst();
        // When
        Finding found = Verdict.of(Hostile.evidence(harmless)).findings().getFirst();
        // Then
        assertThat(found.fault()).isEqualTo(expected.fault());
        if (expected.command().isEmpty() || expected.command().startsWith("nc ")) {
            assertThat(found.command()).matches("|nc -vz [0-9a-f:]+ [0-9]+"); // an address that is none is not dialled
        } else {
            assertThat(Shell.words(found.command()))
                    .isEqualTo(Shell.words(expected.command()).stream()
                            .map(Hostile::text)
                            .toList());
        }
    }

    @Test
    void everyCodeOfAFindingHasABreakageThatShowsIt() {
        Set<Fault> seeded = seeds().map(Seed::fault).collect(Collectors.toSet());
        assertThat(seeded)
                .containsAll(Arrays.stream(Fault.values())
                        .filter(fault -> fault.code().startsWith("TB-9"))
                        .toList())
                .hasSizeGreaterThan(45);
    }
}
