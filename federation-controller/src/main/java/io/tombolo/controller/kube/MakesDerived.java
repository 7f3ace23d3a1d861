package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tombolo.model.name.ServiceName;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes derived Services, where nothing of somebody else stands in the way. */
record MakesDerived(KubernetesClient client) {
    /**
     * Blocks.
     * @param before addresses that it is to have again; none = any
     * @return what is there now; empty = something of somebody else, which stays as it is
     * @throws KubernetesClientException if the API server does not make it
     */
    Optional<Service> make(ServiceName name, Owner owner, List<InetAddress> before) {
        DerivedService should = DerivedService.of(name, owner.says());
        try {
            return Optional.of(create(should, owner.object(), before.isEmpty() ? said(owner.says()) : before));
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            return ours(there(name).orElseThrow(() -> refused), should, owner.object());
        }
    }

    private Service create(DerivedService should, GenericKubernetesResource owner, List<InetAddress> asked) {
        try {
            return client.resource(should.made(owner, asked)).create();
        } catch (KubernetesClientException refused) {
            if (!Answer.isInvalid(refused) || asked.isEmpty()) {
                throw refused;
            }
            // Somebody else has its address by now, or it is none of this cluster's.
            return client.resource(should.made(owner, List.of())).create();
        }
    }

    private static List<InetAddress> said(ImportObject says) {
        return says.place().ips().stream()
                .flatMap(text -> IpText.read(text).stream())
                .toList();
    }

    /** What has the name of a derived Service and is not followed, or not yet. */
    private Optional<Service> there(ServiceName name) {
        Stream<Service> found = client
                .services()
                .inNamespace(name.namespace())
                .withField("metadata.name", DerivedName.of(name))
                .list()
                .getItems()
                .stream();
        return found.findFirst();
    }

    /** One of ours that lost its labels, or its import, gets them back. */
    private Optional<Service> ours(Service object, DerivedService should, GenericKubernetesResource owner) {
        if (should.isSaidBy(object, owner)) {
            return Optional.of(object);
        }
        return MeshLabels.isOf(object, owner) || should.isLabelled(object)
                ? Optional.of(client.resource(should.put(object, owner)).update())
                : Optional.empty();
    }
}
