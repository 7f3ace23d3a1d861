package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.tombolo.model.catalog.ServiceType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written, where no imitation of an API server says that the real one would refuse it. */
class DerivedServiceTest {
    private static final GenericKubernetesResource OWNER = ImportObject.of(
                    Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST))
            .made(Imported.CHECKOUT);

    static {
        OWNER.getMetadata().setUid("1");
    }

    private static DerivedService withAffinity(String affinity) {
        return new DerivedService(Imported.CHECKOUT, affinity, List.of(new ImportObject.Port("", "TCP", "http", 80)));
    }

    /** As the API server makes it of what was said: with seconds of its own. */
    private static Service sticky() {
        return new ServiceBuilder(withAffinity("ClientIP").made(OWNER, List.of()))
                .editSpec()
                .withNewSessionAffinityConfig()
                .withNewClientIP()
                .withTimeoutSeconds(10_800)
                .endClientIP()
                .endSessionAffinityConfig()
                .endSpec()
                .build();
    }

    @Test
    void oneThatIsStickyNoMoreHasNoSecondsOfThat() {
        // When
        Service said = withAffinity("None").put(sticky(), OWNER);
        // Then
        assertThat(said.getSpec().getSessionAffinity()).isEqualTo("None");
        assertThat(said.getSpec().getSessionAffinityConfig()).isNull();
    }

    @Test
    void oneThatStaysStickyKeepsTheSecondsThatTheApiServerGaveIt() {
        // When
        Service said = withAffinity("ClientIP").put(sticky(), OWNER);
        // Then
        assertThat(said.getSpec().getSessionAffinityConfig().getClientIP().getTimeoutSeconds())
                .isEqualTo(10_800);
    }
}
