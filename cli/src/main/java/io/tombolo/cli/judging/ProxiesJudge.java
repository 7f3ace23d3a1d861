package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.stream.Stream;

/** Whether the proxies that run have what they need to go on. */
final class ProxiesJudge implements Judge {
    /** It is renewed at half of its life; who has less than this part of it left missed that. */
    private static final int OVERDUE_PART = 4;

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.proxies().stream())
                .flatMap(List::stream)
                .filter(proxy -> proxy.connected() || !proxy.left())
                .flatMap(proxy -> judged(proxy, evidence.spoken()));
    }

    private static Stream<Finding> judged(Proxy proxy, Spoken spoken) {
        String where = proxy.role() + " " + proxy.instance() + " (" + proxy.spiffeId() + ")";
        Stream<Finding> contact = proxy.connected() ? old(proxy, where, spoken) : silent(proxy, where, spoken);
        return Stream.concat(contact, ends(proxy, where, spoken));
    }

    private static Stream<Finding> old(Proxy proxy, String where, Spoken spoken) {
        return proxy.current() && proxy.error().isEmpty()
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.OLD_CONFIGURATION,
                        where,
                        proxy.error().isEmpty()
                                ? "has not confirmed the newest configuration"
                                : "cannot apply its configuration: " + proxy.error(),
                        spoken.tombolo("status")));
    }

    /** Who is gone for good is forgotten when its last SVID is over; until then it may serve, cut off from all news. */
    private static Stream<Finding> silent(Proxy proxy, String where, Spoken spoken) {
        return proxy.svidLeftMs() <= 0 || overdue(proxy)
                ? Stream.of()
                : Stream.of(Finding.unknown(
                        Fault.PROXY_SILENT,
                        where,
                        "has no contact to the controller: it may be gone, or cut off",
                        spoken.tombolo("status")));
    }

    private static boolean overdue(Proxy proxy) {
        return proxy.svidLeftMs() < proxy.svidLifeMs() / OVERDUE_PART;
    }

    private static Stream<Finding> ends(Proxy proxy, String where, Spoken spoken) {
        boolean over = !proxy.connected() && proxy.svidLeftMs() <= 0;
        return over || !overdue(proxy)
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.SVID_ENDS,
                        where,
                        (proxy.connected() ? "" : "has no contact to the controller, and ") + "has to renew within "
                                + proxy.svidLeftMs() / 60_000
                                + " min what it proves who it is with, and did not at half of its life; start it again",
                        spoken.tombolo("status")));
    }
}
