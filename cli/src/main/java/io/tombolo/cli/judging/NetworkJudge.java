package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.cli.evidence.Space;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names and addresses of the mesh in a Kubernetes cluster. */
final class NetworkJudge implements Judge {
    @Override
    public Stream<Finding> of(Evidence evidence) {
        Stream<Finding> ofInstalled = evidence.kube().stream()
                .flatMap(kube -> kube.installed().stream())
                .flatMap(installed ->
                        Stream.concat(balancers(installed, evidence.spoken()), dns(installed, evidence.spoken())));
        return Stream.concat(ofInstalled, namespaces(evidence));
    }

    private static Stream<Finding> balancers(Installed installed, Spoken spoken) {
        return installed.balancers().stream()
                .flatMap(List::stream)
                .filter(balancer -> !balancer.addressed())
                .map(balancer -> Finding.broken(
                        Fault.LOAD_BALANCER_PENDING,
                        "service tombolo-system/" + balancer.name(),
                        "is of type LoadBalancer and has no address; its events say what is waited for",
                        spoken.kubectl("describe service -n tombolo-system {}", balancer.name())));
    }

    private static Stream<Finding> dns(Installed installed, Spoken spoken) {
        return installed.dns().stream()
                .filter(Installed.Dns::isLost)
                .map(dns -> Finding.broken(
                        Fault.DNS_NOT_FORWARDED,
                        "configmap kube-system/coredns",
                        dns.leadsTo().map(NetworkJudge::elsewhere).orElse("does not lead clusterset.local anywhere")
                                + ": give it a block clusterset.local:53 with the line: forward . "
                                + dns.addresses().getFirst(),
                        spoken.kubectl("edit configmap -n kube-system coredns")));
    }

    private static String elsewhere(List<String> hosts) {
        return hosts.isEmpty()
                ? "has a block for clusterset.local that asks nobody"
                : "leads clusterset.local to " + String.join(", ", hosts);
    }

    private static Stream<Finding> namespaces(Evidence evidence) {
        Stream<List<Space>> spaces = evidence.kube().stream().flatMap(kube -> kube.spaces().stream());
        return spaces.flatMap(all -> {
            Set<String> there = all.stream().map(Space::name).collect(Collectors.toSet());
            return evidence.mesh().stream()
                    .flatMap(mesh -> mesh.services().stream())
                    .flatMap(List::stream)
                    .filter(service -> service.clusters().stream().anyMatch(source -> !source.local()))
                    .map(ServiceSeen::namespace)
                    .filter(namespace -> !there.contains(namespace))
                    .distinct()
                    .map(namespace -> Finding.broken(
                            Fault.NO_NAMESPACE,
                            "namespace " + namespace,
                            "other clusters export services of it, and it is not here",
                            evidence.spoken().kubectl("create namespace {}", namespace)));
        });
    }
}
