package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which API server this cluster is on.
 * @param configFile   a kubeconfig, of which the current context counts; empty = the pod's own service account
 * @param namespace    in which proxies are told of their controller, and clusters have leases; empty = none of it
 * @param tokenReviews how many tokens it is asked about at a time, 1 to 1000
 * @param addresses    whether imports get addresses
 * @param limits       of these
 * @param sliceWrites  how many EndpointSlices are written in a second, 1 to 1000
 * @param writes       how many other changes it is asked for in a second, 1 to 1000
 */
public record KubeSettings(
        Optional<Path> configFile,
        Optional<String> namespace,
        int tokenReviews,
        boolean addresses,
        AddressLimits limits,
        int sliceWrites,
        int writes) {
    /** Of tokens, or of pods, at a time; and of changes in a second. */
    public static final int MOST = 1000;

    private static final int IMPATIENT_MILLIS = 5_000;
    private static final Path OWN_TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    /** Connects to nobody yet. @throws TomboloException BAD_SETTING if there is no such configuration */
    KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(config()).build();
    }

    /** The same for questions that somebody waits for: asked once, for seconds. */
    KubernetesClient impatientClient() {
        Config config = config();
        config.setConnectionTimeout(IMPATIENT_MILLIS);
        config.setRequestTimeout(IMPATIENT_MILLIS);
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private Config config() {
        return configFile.map(KubeSettings::of).orElseGet(KubeSettings::ofThisPod);
    }

    private static Config of(Path file) {
        if (!Files.isReadable(file)) {
            throw bad("controller.kubernetes.config-file = " + file, "cannot be read", "write a kubeconfig there");
        }
        try {
            return Config.fromKubeconfig(file.toFile());
        } catch (RuntimeException malformed) {
            throw bad(
                    "controller.kubernetes.config-file = " + file,
                    "is no kubeconfig: " + malformed.getMessage(),
                    "check it with kubectl --kubeconfig");
        }
    }

    private static Config ofThisPod() {
        if (!Files.isReadable(OWN_TOKEN)) {
            throw bad(
                    "controller.kubernetes.in-cluster = true",
                    "there is no service account in this pod",
                    "set automountServiceAccountToken, or name a kubeconfig by controller.kubernetes.config-file");
        }
        return Config.autoConfigure(null);
    }

    private static TomboloException bad(String where, String what, String fix) {
        return new TomboloException(Fault.BAD_SETTING, where, what, fix);
    }
}
