package io.tombolo.cli.evidence;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the controller says.
 * @param controllerAhead by how much its clock is ahead of this machine's
 * @param software        its version
 * @param arrivals        of connections that could be begun from here; none where other clusters' gateways are out of reach
 */
public record MeshFacts(
        Fact<Controller> controller,
        Fact<Duration> controllerAhead,
        Fact<String> software,
        Fact<List<Member>> members,
        Fact<List<ServiceSeen>> services,
        Fact<List<Division>> divisions,
        Fact<List<Proxy>> proxies,
        Fact<List<Declared>> declared,
        Fact<List<Door>> doors,
        Fact<List<Arrival>> arrivals) {
    /** Of a controller that does not answer. */
    public static MeshFacts of(Fact.Unknown<Controller> silent) {
        return new MeshFacts(
                silent,
                other(silent),
                other(silent),
                other(silent),
                other(silent),
                other(silent),
                other(silent),
                other(silent),
                other(silent),
                other(silent));
    }

    private static <T> Fact<T> other(Fact.Unknown<Controller> silent) {
        return new Fact.Unknown<>(silent.fault(), silent.where(), silent.why(), silent.fix());
    }

    /** Everything that was looked at. */
    public Stream<Fact<?>> all() {
        return Stream.of(
                controller,
                controllerAhead,
                software,
                members,
                services,
                divisions,
                proxies,
                declared,
                doors,
                arrivals);
    }

    /** Of what is not known this one alone needs to be told: nothing else can be asked without it. */
    public boolean silent() {
        return controller instanceof Fact.Unknown;
    }
}
