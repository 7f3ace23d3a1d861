package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Says in the webhook's configuration by which CA the API server knows this controller. The configuration itself comes with the
 * installation; without it nothing is done.
 */
final class KubeInjection implements Following {
    static final String NAME = "tombolo-inject";

    private final KubernetesClient client;
    private final Supplier<String> roots;
    private final SharedIndexInformer<MutatingWebhookConfiguration> configurations;
    private final ApiFollower follower;

    /** Connects to nobody yet. @param roots PEM; must not block */
    KubeInjection(KubernetesClient client, Supplier<String> roots, ApiWrites writes) {
        this.follower = new ApiFollower("kubernetes-injection", this::sync, writes);
        this.client = client;
        this.roots = roots;
        this.configurations = follower.follow(client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(NAME)
                .runnableInformer(0));
    }

    private boolean sync() {
        String bundle = Base64.getEncoder().encodeToString(roots.get().getBytes(StandardCharsets.US_ASCII));
        boolean said = true;
        for (MutatingWebhookConfiguration now : configurations.getStore().list()) {
            if (now.getWebhooks().stream().anyMatch(webhook -> !bundle.equals(bundle(webhook)))) {
                said &= follower.did(
                        now, () -> client.resource(with(bundle, now)).update());
            }
        }
        return said;
    }

    private static String bundle(MutatingWebhook webhook) {
        String said = webhook.getClientConfig().getCaBundle();
        return said == null ? "" : said;
    }

    private static MutatingWebhookConfiguration with(String bundle, MutatingWebhookConfiguration now) {
        MutatingWebhookConfiguration next = new MutatingWebhookConfigurationBuilder(now).build();
        next.getWebhooks().forEach(webhook -> webhook.getClientConfig().setCaBundle(bundle));
        return next;
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
