package io.tombolo.cli.judging;

import static io.tombolo.cli.judging.Scene.declared;
import static io.tombolo.cli.judging.Scene.proxy;
import static io.tombolo.cli.judging.Scene.service;
import static io.tombolo.cli.judging.Seed.doubt;
import static io.tombolo.cli.judging.Seed.seed;

import io.tombolo.cli.evidence.Declared;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.model.fault.Fault;
import java.util.List;

/** What can be wrong with exports, policies, routes and proxies. */
final class SeedsDeclared {
    static final List<Seed> ALL = List.of(
            seed(
                    "an export of nothing",
                    Fault.NONE_READY,
                    "tombolo unexport checkout.shop",
                    s -> s.services = Fact.seen(List.of(service(0)))),
            seed(
                    "an export without Service",
                    Fault.EXPORT_INVALID,
                    "kubectl --context=east describe serviceexport -n shop checkout",
                    s -> s.objects = Fact.seen(List.of(declared("ServiceExport", true, "Valid", "False")))),
            seed(
                    "an export that waits",
                    Fault.EXPORT_PENDING,
                    "kubectl --context=east describe",
                    s -> s.objects = Fact.seen(List.of(declared("ServiceExport", true, "Ready", "False")))),
            seed(
                    "an export nobody looks at",
                    Fault.EXPORT_PENDING,
                    "kubectl --context=east describe",
                    s -> s.objects =
                            Fact.seen(List.of(new Declared("ServiceExport", "shop", "checkout", true, List.of())))),
            doubt(
                    "an export nobody says anything of",
                    Fault.EXPORT_PENDING,
                    "tombolo services -o json",
                    s -> s.services = Fact.seen(List.of(new ServiceSeen(
                            "shop",
                            "checkout",
                            true,
                            List.of(new ServiceSeen.Source("west", 2, false, List.of(80), List.of())),
                            List.of())))),
            doubt(
                    "a policy nobody says anything of",
                    Fault.NOT_LOOKED_AT,
                    "tombolo get FailoverPolicy checkout -n shop",
                    s -> s.declared =
                            Fact.seen(List.of(new Declared("FailoverPolicy", "shop", "checkout", false, List.of())))),
            doubt(
                    "a proxy that does not say its version",
                    Fault.VERSIONS_APART,
                    "tombolo status",
                    s -> s.proxies = Fact.seen(List.of(proxy(true, "", "", 80_000_000)))),
            doubt(
                    "a controller that does not say its version",
                    Fault.VERSIONS_APART,
                    "tombolo status",
                    s -> s.software = Fact.seen("")),
            seed(
                    "exports that differ",
                    Fault.EXPORT_CONFLICT,
                    "tombolo get ServiceExport checkout -n shop -o yaml",
                    s -> s.declared = Fact.seen(List.of(declared("ServiceExport", false, "Conflict", "True")))),
            seed(
                    "a policy of nothing",
                    Fault.NOT_IN_FORCE,
                    "tombolo get FailoverPolicy checkout -n shop",
                    s -> s.declared = Fact.seen(List.of(declared("FailoverPolicy", false, "Accepted", "False")))),
            seed(
                    "a route to nowhere",
                    Fault.NOT_IN_FORCE,
                    "kubectl --context=east describe httproute",
                    s -> s.objects = Fact.seen(List.of(declared("HTTPRoute", true, "ResolvedRefs", "False")))),
            doubt(
                    "a policy nobody knows of",
                    Fault.NOT_LOOKED_AT,
                    "tombolo get FailoverPolicy",
                    s -> s.declared = Fact.seen(List.of(declared("FailoverPolicy", false, "Accepted", "Unknown")))),
            seed(
                    "faults on purpose",
                    Fault.FAULTS_ON_PURPOSE,
                    "tombolo get TrafficPolicy",
                    s -> s.declared = Fact.seen(List.of(declared("TrafficPolicy", false, "FaultsInjected", "True")))),
            seed(
                    "a proxy with old news",
                    Fault.OLD_CONFIGURATION,
                    "tombolo status",
                    s -> s.proxies = Fact.seen(List.of(proxy(false, "", "0.1.0", 80_000_000)))),
            seed(
                    "a proxy that cannot",
                    Fault.OLD_CONFIGURATION,
                    "tombolo status",
                    s -> s.proxies = Fact.seen(List.of(proxy(true, "too large", "0.1.0", 80_000_000)))),
            seed(
                    "an identity that ends",
                    Fault.SVID_ENDS,
                    "tombolo status",
                    s -> s.proxies = Fact.seen(List.of(proxy(true, "", "0.1.0", 9_000_000)))),
            doubt(
                    "a proxy without contact",
                    Fault.PROXY_SILENT,
                    "tombolo status",
                    s -> s.proxies = Fact.seen(List.of(silent(80_000_000)))),
            seed(
                    "a proxy without contact whose identity ends",
                    Fault.SVID_ENDS,
                    "tombolo status",
                    s -> s.proxies = Fact.seen(List.of(silent(9_000_000)))),
            seed("a proxy of two years ago", Fault.VERSIONS_APART, "tombolo status", s -> {
                s.software = Fact.seen("0.9.3");
                s.commandVersion = "0.8.0";
                s.proxies = Fact.seen(List.of(proxy(true, "", "0.7.9", 80_000_000)));
            }));

    private SeedsDeclared() {}

    private static Proxy silent(long leftMs) {
        return new Proxy(
                "p2",
                "workload",
                "spiffe://east.demo.tombolo/ns/shop/sa/cart",
                false,
                false,
                false,
                "",
                "0.1.0",
                leftMs,
                86_400_000);
    }
}
