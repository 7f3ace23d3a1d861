package io.tombolo.cli.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Declared;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.model.fault.Fault;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnknownIsNeverWellTest {
    static Stream<Field> facts() {
        return Arrays.stream(Scene.class.getDeclaredFields()).filter(field -> field.getType() == Fact.class);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void whateverCouldNotBeLookedAtIsNamedAndNothingIsWell(Field fact) throws IllegalAccessException {
        // Given
        var scene = new Scene();
        fact.set(scene, Fact.unknown("the " + fact.getName(), "was hidden", "look again"));
        // When
        Verdict verdict = Verdict.of(scene.evidence());
        // Then
        assertThat(verdict.isWell()).isFalse();
        assertThat(verdict.findings()).anySatisfy(found -> {
            assertThat(found.where()).isEqualTo("the " + fact.getName());
            assertThat(found.what()).contains("was hidden");
            assertThat(found.broken()).isFalse();
        });
    }

    /** What a fact holds can be hidden in it. */
    static Stream<Seed> values() {
        return Stream.of(
                hidden(
                        "version of a proxy",
                        s -> s.proxies = Fact.seen(List.of(Scene.proxy(true, "", "", 80_000_000)))),
                hidden("version of the controller", s -> s.software = Fact.seen("")),
                hidden(
                        "trust domain of the controller",
                        s -> s.controller = s.controller.then(own -> new Controller(
                                own.cluster(),
                                own.federation(),
                                null,
                                own.state(),
                                own.backbone(),
                                own.cutOff(),
                                own.warnings(),
                                own.now(),
                                own.lastJob()))),
                hidden(
                        "way to the backbone",
                        s -> s.controller = Fact.seen(Scene.controller("JOINED", null, false, List.of(), null))),
                hidden(
                        "age of a path",
                        s -> s.members = Fact.seen(
                                List.of(Scene.own("UP"), Scene.west("FRESH", 0, "READY", Scene.path("UP", -1))))),
                hidden(
                        "freshness of a cluster",
                        s -> s.members = Fact.seen(
                                List.of(Scene.own("UP"), Scene.west("UNKNOWN", 0, "READY", Scene.path("UP", 0))))),
                hidden(
                        "ready instances",
                        s -> s.services = Fact.seen(List.of(new ServiceSeen(
                                "shop",
                                "checkout",
                                true,
                                List.of(new ServiceSeen.Source("east", null, true, List.of(80), List.of())),
                                List.of())))),
                hidden(
                        "standing of a cluster",
                        s -> s.divisions = Fact.seen(List.of(Scene.division("UNKNOWN", false, 0)))),
                hidden(
                        "conditions of a policy",
                        s -> s.declared =
                                Fact.seen(List.of(new Declared("TrafficPolicy", "shop", "a", false, List.of())))),
                hidden(
                        "conditions of an object",
                        s -> s.objects =
                                Fact.seen(List.of(new Declared("TrafficPolicy", "shop", "a", true, List.of())))),
                hidden("version of the API server", s -> s.version = Fact.seen("")));
    }

    private static Seed hidden(String name, Consumer<Scene> hides) {
        return Seed.doubt(name, Fault.NOT_LOOKED_AT, "", hides);
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueThatIsNotSaidIsNeverTakenForWell(Seed hidden) {
        assertThat(Verdict.of(hidden.scene().evidence()).isWell()).isFalse();
    }
}
