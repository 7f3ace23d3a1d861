package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether programs of one cluster are near enough to one another. Builds without a number are taken for what they meet. */
final class VersionsJudge implements Judge {
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})([^0-9].*)?");

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.software().stream()
                        .flatMap(controller -> controller.isBlank()
                                ? Stream.of(silent("controller", evidence))
                                : Stream.concat(
                                        apart("this command", evidence.software(), controller, evidence),
                                        proxies(mesh, controller, evidence))));
    }

    private static Stream<Finding> proxies(MeshFacts mesh, String controller, Evidence evidence) {
        return mesh.proxies().stream()
                .flatMap(List::stream)
                .filter(Proxy::connected)
                .flatMap(proxy -> apart(proxy.role() + " " + proxy.instance(), proxy.software(), controller, evidence));
    }

    private static Finding silent(String where, Evidence evidence) {
        return Finding.unknown(
                Fault.VERSIONS_APART,
                where,
                "does not say its version",
                evidence.spoken().tombolo("status"));
    }

    private static Stream<Finding> apart(String where, String version, String controller, Evidence evidence) {
        if (version.isBlank()) {
            return Stream.of(silent(where, evidence));
        }
        Matcher one = VERSION.matcher(version);
        Matcher other = VERSION.matcher(controller);
        if (!one.matches() || !other.matches()) {
            return Stream.of();
        }
        boolean near = one.group(1).equals(other.group(1))
                && Math.abs(Integer.parseInt(one.group(2)) - Integer.parseInt(other.group(2))) <= 1;
        return near
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.VERSIONS_APART,
                        where,
                        "is " + version + ", and the controller " + controller
                                + ": upgrade one minor version at a time",
                        evidence.spoken().tombolo("status")));
    }
}
