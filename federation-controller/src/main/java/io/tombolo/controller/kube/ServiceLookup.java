package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tombolo.injection.KnownService;
import io.tombolo.injection.Services;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Services of a namespace, asked for when a pod is made there: which service it is holds for its whole life, and what is followed
 * may be late. One request for each; blocks for seconds at most.
 */
public final class ServiceLookup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceLookup.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;

    /** Connects to nobody yet. */
    public ServiceLookup(KubeSettings settings) {
        this.client = settings.impatientClient();
    }

    /** Empty = the API server did not say. On any thread. */
    public Optional<Services> in(String namespace) {
        try {
            List<KnownService> known = client.services().inNamespace(namespace).list().getItems().stream()
                    .map(service -> KnownService.of(JSON.valueToTree(service)))
                    .toList();
            return Optional.of(new Services(known, true));
        } catch (KubernetesClientException failed) {
            LOG.atWarn()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("fault", failed.getMessage())
                    .log("the Services of a new pod's namespace are not known: the pod is refused, and comes again");
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
