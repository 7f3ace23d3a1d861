package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;

/** What the MCS API wants on objects that are made from an import. */
final class MeshLabels {
    /** Of which import something is. */
    static final String SERVICE = "multicluster.kubernetes.io/service-name";

    /** Which cluster endpoints are of. */
    static final String CLUSTER = "multicluster.kubernetes.io/source-cluster";

    private MeshLabels() {}

    /** So that it goes with its import; the import does not control it, as the MCS API says. */
    static OwnerReference owner(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(ImportObject.KIND.getGroup() + "/" + ImportObject.KIND.getVersion())
                .withKind(ImportObject.KIND.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(false)
                .build();
    }

    /** Whether it is being deleted: whatever is done with it, it goes. */
    static boolean isGoing(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    /** Whether {@code object} goes with {@code owner}. */
    static boolean isOf(HasMetadata object, HasMetadata owner) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(one -> one.getUid().equals(owner.getMetadata().getUid()));
    }
}
