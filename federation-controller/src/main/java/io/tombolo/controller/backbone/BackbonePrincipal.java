package io.tombolo.controller.backbone;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.setting.Setting;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * Who one member is to Kafka, in one epoch: the common name of its client certificate and its transactional id. Never used
 * again once the epoch is over.
 * @param epoch 1 or more
 */
public record BackbonePrincipal(FederationName federation, ClusterId cluster, long epoch) {
    public BackbonePrincipal {
        Setting.check(epoch >= 1, "epoch", epoch, "1 or more");
    }

    /** {@code tombolo.<federation>.<cluster>.<epoch>}. */
    public String name() {
        return "tombolo." + federation + "." + cluster + "." + epoch;
    }

    /** The id under which this member's one writer is fenced. */
    public String transactionalId() {
        return name();
    }

    /** As ACLs name it. */
    String user() {
        return KafkaPrincipal.USER_TYPE + ":" + name();
    }

    @Override
    public String toString() {
        return name();
    }
}
