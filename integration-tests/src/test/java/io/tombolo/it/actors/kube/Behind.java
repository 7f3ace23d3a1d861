package io.tombolo.it.actors.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.tombolo.it.actors.FaultProxy;
import java.util.Optional;
import java.util.Set;

/** What stands behind the actor's words: an API server, imitated or real. */
interface Behind extends AutoCloseable {
    /** Everything may be done with it. */
    KubernetesClient client();

    /** Between it and the controllers. */
    FaultProxy network();

    /** What a controller's kubeconfig says. */
    String kubeconfig();

    /** Starts a pod that runs nowhere. @return a token of its account, for the audience {@code tombolo-controller} */
    String podToken(String namespace, String account);

    /** What would be kept of a pod that somebody makes, after the webhooks of its namespace. @throws Exception if one refuses it */
    Pod admitted(Pod pod) throws Exception;

    /** From now on controllers may not make objects of that kind, in that namespace at least. */
    void forbidsToMake(CustomResourceDefinitionContext kind, String namespace);

    /** Controllers may do again what they could. */
    void forbidsNothing();

    /** What controllers asked for until now, if that is known; see {@link ApiServer#asked}. */
    Optional<Set<String>> asked();

    @Override
    void close();
}
