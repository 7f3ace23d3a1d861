package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Hook;
import io.tombolo.cli.evidence.KubeFacts;
import io.tombolo.cli.evidence.Space;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Whether the API server can ask for sidecars, and believes whom it asks. */
final class HooksJudge implements Judge {
    /** Who has to act needs some days. */
    private static final Duration SOON = Duration.ofDays(7);

    private static final String RESTART = "rollout restart -n tombolo-system statefulset/tombolo-controller";

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> Stream.concat(
                        missing(kube, evidence.spoken()),
                        kube.hooks().stream()
                                .flatMap(List::stream)
                                .flatMap(hook ->
                                        judged(hook, kube.installed().isPresent(), evidence.at(), evidence.spoken()))));
    }

    /** Needed as soon as one namespace wants sidecars. */
    private static Stream<Finding> missing(KubeFacts kube, Spoken spoken) {
        boolean wanted = kube.installed().isPresent()
                && kube.spaces().stream().flatMap(List::stream).anyMatch(Space::sidecars);
        return kube.hooks().stream()
                .filter(hooks -> wanted && hooks.isEmpty())
                .map(_ -> Finding.broken(
                        Fault.WEBHOOK_MISSING,
                        "webhook tombolo-inject",
                        "is not there, and namespaces want sidecars: new pods get none",
                        spoken.helm("")));
    }

    private static Stream<Finding> judged(Hook hook, boolean installed, Instant now, Spoken spoken) {
        String where = "webhook " + hook.configuration() + "/" + hook.name();
        if (!hook.ours()) {
            return Stream.of(Finding.broken(
                    Fault.WEBHOOK_OF_OTHERS,
                    where,
                    "was not made by Helm for this chart, which will not take it over",
                    spoken.kubectl("delete mutatingwebhookconfiguration {}", hook.configuration())));
        }
        return installed ? Stream.concat(ca(hook, where, now, spoken), asked(hook, where, spoken)) : Stream.of();
    }

    private static Stream<Finding> ca(Hook hook, String where, Instant now, Spoken spoken) {
        if (hook.caEnds().isEmpty()) {
            return Stream.of(Finding.broken(
                    Fault.WEBHOOK_WITHOUT_CA,
                    where,
                    "has no caBundle: the controller writes it, once it runs and may",
                    spoken.kubectl(RESTART)));
        }
        Instant ends = hook.caEnds().get();
        return ends.isAfter(now.plus(SOON))
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.WEBHOOK_CA_ENDS, where, "its caBundle holds until " + ends, spoken.kubectl(RESTART)));
    }

    private static Stream<Finding> asked(Hook hook, String where, Spoken spoken) {
        Stream<Finding> nobody = hook.behind() != 0
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.WEBHOOK_UNREACHABLE,
                        where,
                        "its Service tombolo-system/tombolo-controller has no ready endpoint",
                        spoken.kubectl("get pods,endpointslices -n tombolo-system")));
        Stream<Finding> open = hook.failurePolicy().equals("Fail")
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.WEBHOOK_FAILS_OPEN,
                        where,
                        "failurePolicy is " + hook.failurePolicy() + ", the chart has Fail",
                        spoken.helm("")));
        return Stream.concat(nobody, open);
    }
}
