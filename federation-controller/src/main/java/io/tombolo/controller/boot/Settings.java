package io.tombolo.controller.boot;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.kube.KubeSettings;
import io.tombolo.controller.replica.ReplicaSettings;
import io.tombolo.injection.SidecarTemplate;
import io.tombolo.model.catalog.AddressRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The configuration, checked.
 * @param proxiesHost at which proxies reach this controller
 * @param kubernetes empty = not on Kubernetes
 * @param injection  empty = sidecars are put into no pod
 * @param replica    empty = this process is alone
 * @param svidLife   1 min to 24 h
 */
public record Settings(
        Path stateDir,
        ClusterSettings cluster,
        String advertisedHost,
        String proxiesHost,
        boolean autoPorts,
        Optional<Path> contextFile,
        Optional<Path> watchDir,
        Optional<Path> joinTokenFile,
        Optional<KubeSettings> kubernetes,
        Optional<Injecting> injection,
        Optional<ReplicaSettings> replica,
        AddressRules dialing,
        Listen api,
        Optional<ClientCa> apiClientCa,
        Listen proxies,
        Listen enrolment,
        Duration svidLife,
        FreshnessSettings freshness) {
    /**
     * Sidecars for pods.
     * @param reviews  of one address at a time
     * @param template with a controller and a pin that are nobody's yet
     */
    public record Injecting(Listen listen, int reviews, SidecarTemplate template) {}

    /** CA certificates, as PEM, of who may call the API with a certificate. */
    public record ClientCa(Path file, String pem) {}

    /**
     * A listener.
     * @param port 0 to 65535; 0 = any free one
     */
    public record Listen(String name, String host, int port) {}
}
