package io.tombolo.cli.judging;

import static io.tombolo.cli.judging.Scene.hook;
import static io.tombolo.cli.judging.Scene.right;
import static io.tombolo.cli.judging.Seed.doubt;
import static io.tombolo.cli.judging.Seed.seed;

import io.tombolo.cli.evidence.Definition;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Node;
import io.tombolo.cli.evidence.Space;
import io.tombolo.cli.evidence.WantedKind;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What can be wrong with a Kubernetes cluster before anything is installed there. */
final class SeedsBefore {
    static final List<Seed> ALL = List.of(
            doubt(
                    "API server unreachable",
                    Fault.KUBERNETES_UNREACHABLE,
                    "",
                    s -> s.version = new Fact.Unknown<>(
                            Fault.KUBERNETES_UNREACHABLE, "API server", "refused", "kubectl cluster-info")),
            doubt(
                    "no kubectl",
                    Fault.PROGRAM_FAILED,
                    "",
                    s -> s.version =
                            new Fact.Unknown<>(Fault.PROGRAM_FAILED, "kubectl", "cannot be started", "install it")),
            seed(
                    "old API server",
                    Fault.KUBERNETES_TOO_OLD,
                    "kubectl --context=east version",
                    s -> s.version = Fact.seen("v1.28.9+k3s1")),
            seed(
                    "no export kind",
                    Fault.KIND_MISSING,
                    "kubectl --context=east apply --server-side -f https://raw.githubusercontent.com/kubernetes-sigs/mcs-api/",
                    s -> s.kinds = kinds(0, _ -> Optional.empty())),
            seed(
                    "exports only in an old version",
                    Fault.KIND_NOT_SERVED,
                    "kubectl --context=east apply --server-side -f",
                    s -> s.kinds =
                            kinds(0, k -> Optional.of(new Definition(k.name(), Set.of("v1alpha1"), true, true)))),
            seed(
                    "a kind whose name is taken",
                    Fault.KIND_NOT_ESTABLISHED,
                    "kubectl --context=east describe crd clusterproperties.about.k8s.io",
                    s -> s.kinds = kinds(2, k -> Optional.of(new Definition(k.name(), k.served(), false, true)))),
            seed(
                    "Gateway API too old for gRPC",
                    Fault.KIND_NOT_SERVED,
                    "gateway-api/releases/download",
                    s -> s.kinds =
                            kinds(4, k -> Optional.of(new Definition(k.name(), Set.of("v1alpha2"), true, true)))),
            seed(
                    "our kinds of another version",
                    Fault.KIND_OUTDATED,
                    "kubectl --context=east apply --server-side -f deploy/kubernetes/crds.yaml",
                    s -> s.kinds = kinds(6, k -> Optional.of(new Definition(k.name(), k.served(), true, false)))),
            seed(
                    "a user without rights",
                    Fault.MAY_NOT_INSTALL,
                    "kubectl --context=east auth can-i update serviceexports/status.multicluster.x-k8s.io",
                    s -> {
                        s.before = true;
                        s.rights = Fact.seen(List.of(right(false)));
                    }),
            seed(
                    "somebody's webhook of our name",
                    Fault.WEBHOOK_OF_OTHERS,
                    "kubectl --context=east delete mutatingwebhookconfiguration tombolo-inject",
                    s -> s.hooks = Fact.seen(List.of(hook(false, Optional.empty(), "Fail", 0)))),
            seed("no storage class", Fault.NO_STORAGE_CLASS, "--set controller.storage.className=", s -> {
                s.before = true;
                s.classes = Fact.seen(List.of());
            }),
            seed(
                    "clock of the API server",
                    Fault.CLOCK_OFF,
                    "timedatectl status",
                    s -> s.ahead = Fact.seen(Duration.ofMinutes(-3))),
            seed(
                    "the namespace goes",
                    Fault.NAMESPACE_ENDING,
                    "kubectl --context=east wait --for=delete namespace/tombolo-system",
                    s -> s.spaces = Fact.seen(
                            List.of(new Space("tombolo-system", true, false), new Space("shop", false, true)))),
            seed(
                    "nodes of another architecture",
                    Fault.NO_NODE_FITS,
                    "kubectl --context=east get nodes",
                    s -> s.nodes = Fact.seen(List.of(new Node("one", "linux", "s390x")))),
            seed(
                    "no node",
                    Fault.NO_NODE_FITS,
                    "kubectl --context=east get nodes",
                    s -> s.nodes = Fact.seen(List.of())));

    private SeedsBefore() {}

    private static Fact<List<Definition>> kinds(int which, Function<Definition, Optional<Definition>> change) {
        WantedKind changed = WantedKind.ALL.get(which);
        return Fact.seen(WantedKind.ALL.stream()
                .map(kind -> new Definition(kind.name(), Set.of(kind.version()), true, true))
                .map(kind -> kind.name().equals(changed.name()) ? change.apply(kind) : Optional.of(kind))
                .flatMap(Optional::stream)
                .toList());
    }
}
