package io.tombolo.cli.judging;

import static io.tombolo.cli.judging.Scene.NOW;
import static io.tombolo.cli.judging.Scene.container;
import static io.tombolo.cli.judging.Scene.hook;
import static io.tombolo.cli.judging.Scene.pod;
import static io.tombolo.cli.judging.Scene.right;
import static io.tombolo.cli.judging.Seed.seed;

import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.Pod;
import io.tombolo.cli.evidence.Space;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can be wrong with an installation. */
final class SeedsInstalled {
    private static final String LOGS_OF_BOTH =
            "kubectl --context=east logs -n tombolo-system -l app.kubernetes.io/component=controller";

    /** As the one that leads says it. */
    static final String NOBODY_IN_STEP =
            "no other replica is in step: nobody could take over from tombolo-controller-0 now";

    static final List<Seed> ALL = List.of(
            seed(
                    "nothing installed",
                    Fault.NOT_INSTALLED,
                    "helm upgrade tombolo deploy/helm/tombolo",
                    s -> s.parts = Fact.seen(List.of())),
            seed(
                    "a controller that is not ready",
                    Fault.NOT_READY,
                    "kubectl --context=east describe pods -n tombolo-system -l app.kubernetes.io/component=controller",
                    s -> s.parts = Fact.seen(List.of(new Installed.Part("statefulset", "tombolo-controller", 1, 0)))),
            seed(
                    "a crash loop, told once",
                    Fault.CONTAINER_CRASHES,
                    "kubectl --context=east logs -n tombolo-system tombolo-controller-0 -c controller --previous",
                    s -> {
                        s.parts = Fact.seen(List.of(new Installed.Part("statefulset", "tombolo-controller", 1, 0)));
                        s.pods = running(container("controller", false, "CrashLoopBackOff", "Error", 6));
                    }),
            seed(
                    "too little memory",
                    Fault.OUT_OF_MEMORY,
                    "--set controller.resources.limits.memory=MEMORY",
                    s -> s.pods = running(container("controller", true, "", "OOMKilled", 137))),
            seed(
                    "too little memory of somebody's program",
                    Fault.OUT_OF_MEMORY,
                    "kubectl --context=east describe pod -n shop checkout-5d-x",
                    s -> s.pods = Fact.seen(List.of(pod(
                            "shop",
                            "checkout-5d-x",
                            "deployment/checkout",
                            true,
                            container("app", true, "", "OOMKilled", 137))))),
            seed(
                    "an image that is not there",
                    Fault.IMAGE_NOT_PULLED,
                    "kubectl --context=east describe pod -n tombolo-system tombolo-controller-0",
                    s -> s.pods = running(container("controller", false, "ImagePullBackOff", "", 0))),
            seed(
                    "a volume that is waited for",
                    Fault.VOLUME_PENDING,
                    "kubectl --context=east describe pvc -n tombolo-system state-tombolo-controller-0",
                    s -> s.claims = Fact.seen(List.of(new Installed.Claim("state-tombolo-controller-0", "Pending")))),
            seed(
                    "an account that lacks a right",
                    Fault.RIGHT_MISSING,
                    "kubectl --context=east apply -f deploy/kubernetes/rbac.yaml",
                    s -> s.rights = Fact.seen(List.of(right(false)))),
            seed(
                    "a webhook that was deleted",
                    Fault.WEBHOOK_MISSING,
                    "helm upgrade tombolo deploy/helm/tombolo --namespace tombolo-system --reset-then-reuse-values",
                    s -> s.hooks = Fact.seen(List.of())),
            seed(
                    "a webhook nobody knows",
                    Fault.WEBHOOK_WITHOUT_CA,
                    "kubectl --context=east rollout restart -n tombolo-system statefulset/tombolo-controller",
                    s -> s.hooks = Fact.seen(List.of(hook(true, Optional.empty(), "Fail", 1)))),
            seed(
                    "a webhook's certificate that ends",
                    Fault.WEBHOOK_CA_ENDS,
                    "kubectl --context=east rollout restart",
                    s -> s.hooks = Fact.seen(List.of(hook(true, Optional.of(NOW.plusSeconds(3_600)), "Fail", 1)))),
            seed(
                    "a webhook nobody answers",
                    Fault.WEBHOOK_UNREACHABLE,
                    "kubectl --context=east get pods,endpointslices -n tombolo-system",
                    s -> s.hooks =
                            Fact.seen(List.of(hook(true, Optional.of(NOW.plus(Duration.ofDays(99))), "Fail", 0)))),
            seed(
                    "a webhook that fails open",
                    Fault.WEBHOOK_FAILS_OPEN,
                    "helm upgrade tombolo",
                    s -> s.hooks =
                            Fact.seen(List.of(hook(true, Optional.of(NOW.plus(Duration.ofDays(99))), "Ignore", 1)))),
            seed(
                    "a pod older than the label",
                    Fault.POD_WITHOUT_SIDECAR,
                    "kubectl --context=east rollout restart -n shop deployment/checkout",
                    s -> s.pods = Fact.seen(List.of(pod(
                            "shop",
                            "checkout-5d-x",
                            "deployment/checkout",
                            false,
                            container("app", true, "", "", 0))))),
            seed(
                    "a sidecar without configuration",
                    Fault.SIDECAR_NOT_STARTED,
                    "kubectl --context=east logs -n shop checkout-5d-x -c tombolo-sidecar",
                    s -> s.pods = Fact.seen(List.of(pod(
                            "shop",
                            "checkout-5d-x",
                            "deployment/checkout",
                            true,
                            container("tombolo-sidecar", false, "", "", 0))))),
            seed(
                    "DNS that is not forwarded",
                    Fault.DNS_NOT_FORWARDED,
                    "kubectl --context=east edit configmap -n kube-system coredns",
                    s -> s.dns = Fact.seen(new Installed.Dns(List.of("10.96.0.53"), Optional.empty()))),
            seed(
                    "DNS that is forwarded to where nobody answers any more",
                    Fault.DNS_NOT_FORWARDED,
                    "kubectl --context=east edit configmap -n kube-system coredns",
                    s -> s.dns =
                            Fact.seen(new Installed.Dns(List.of("10.96.0.53"), Optional.of(List.of("10.96.0.54"))))),
            seed(
                    "a load balancer without address",
                    Fault.LOAD_BALANCER_PENDING,
                    "kubectl --context=east describe service -n tombolo-system tombolo-gateway",
                    s -> s.balancers = Fact.seen(List.of(new Installed.Balancer("tombolo-gateway", false)))),
            seed(
                    "two controllers and no lease",
                    Fault.NO_SECOND_CONTROLLER,
                    LOGS_OF_BOTH,
                    s -> s.hasTwoControllers(Optional.empty())),
            seed(
                    "two controllers of which none leads",
                    Fault.NO_SECOND_CONTROLLER,
                    LOGS_OF_BOTH,
                    s -> s.hasTwoControllers(Optional.of(new Installed.Leading("", "tombolo-controller-1")))),
            seed("two controllers and nobody in step, told once", Fault.NO_SECOND_CONTROLLER, LOGS_OF_BOTH, s -> {
                s.hasTwoControllers(Optional.of(new Installed.Leading("tombolo-controller-0", "")));
                s.controller = Fact.seen(
                        Scene.controller("JOINED", Scene.backbone("CONNECTED"), false, List.of(NOBODY_IN_STEP), null));
            }),
            seed(
                    "an import without namespace",
                    Fault.NO_NAMESPACE,
                    "kubectl --context=east create namespace shop",
                    s -> s.spaces = Fact.seen(List.of(new Space("tombolo-system", false, false)))));

    private SeedsInstalled() {}

    private static Fact<List<Pod>> running(Pod.Container container) {
        return Fact.seen(List.of(pod("tombolo-system", "tombolo-controller-0", "", false, container)));
    }
}
