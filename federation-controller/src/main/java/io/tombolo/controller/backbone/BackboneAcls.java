package io.tombolo.controller.backbone;

import io.tombolo.model.name.ClusterId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what on Kafka, as a function of the members. Members have literal ACLs only: each topic, and the one
 * transactional id, by name. (Kafka lets who may read or write a topic also describe it.)
 */
public final class BackboneAcls {
    private static final String ANY_HOST = "*";

    private final BackboneTopics topics;

    public BackboneAcls(BackboneTopics topics) {
        this.topics = topics;
    }

    /**
     * Everything that one member may do.
     * @param clusters all whose topics it may read, itself among them
     */
    public Set<AclBinding> of(BackboneMember member, Collection<ClusterId> clusters) {
        var acls = new LinkedHashSet<>(asMember(member, clusters));
        if (member.authority()) {
            acls.addAll(ofAuthority(member.principal().user()));
        }
        return acls;
    }

    /**
     * The same where Kafka's administrator makes topics and ACLs: nobody of the federation administers anything. An
     * authority may look at the topics' settings, so that it can say what the administrator left out.
     */
    public Set<AclBinding> byHand(BackboneMember member, Collection<ClusterId> clusters) {
        var acls = new LinkedHashSet<>(asMember(member, clusters));
        if (member.authority()) {
            acls.add(allow(member.principal().user(), federation(), AclOperation.DESCRIBE_CONFIGS));
        }
        return acls;
    }

    private Set<AclBinding> asMember(BackboneMember member, Collection<ClusterId> clusters) {
        String user = member.principal().user();
        var acls = new LinkedHashSet<AclBinding>();
        topics.all(clusters).forEach(topic -> acls.add(allow(user, topic(topic.name()), AclOperation.READ)));
        for (String own : ownTopics(member)) {
            acls.add(allow(user, topic(own), AclOperation.WRITE));
        }
        acls.add(allow(
                user,
                literal(ResourceType.TRANSACTIONAL_ID, member.principal().transactionalId()),
                AclOperation.WRITE));
        return acls;
    }

    /** What {@code others} need when {@code cluster} joins them: to read its topics. */
    public Set<AclBinding> toRead(ClusterId cluster, Collection<BackboneMember> others) {
        var acls = new LinkedHashSet<AclBinding>();
        for (BackboneMember other : others) {
            topics.of(cluster)
                    .forEach(
                            topic -> acls.add(allow(other.principal().user(), topic(topic.name()), AclOperation.READ)));
        }
        return acls;
    }

    /** Everything denied to a principal whose epoch is over; written before its grants are deleted. */
    public static Set<AclBinding> denyAll(BackbonePrincipal over) {
        var acls = new LinkedHashSet<AclBinding>();
        for (ResourceType type : List.of(ResourceType.TOPIC, ResourceType.TRANSACTIONAL_ID, ResourceType.GROUP)) {
            acls.add(entry(over.user(), literal(type, "*"), AclOperation.ALL, AclPermissionType.DENY));
        }
        acls.add(entry(over.user(), cluster(), AclOperation.ALL, AclPermissionType.DENY));
        return acls;
    }

    private List<String> ownTopics(BackboneMember member) {
        var own = new ArrayList<>(List.of(
                topics.catalog(member.cluster()), topics.health(member.cluster()), topics.pulse(), topics.audit()));
        if (member.authority()) {
            own.add(topics.members());
        }
        return own;
    }

    /** An authority makes topics and ACLs: whoever may alter ACLs may give itself anything, and is meant to be able to. */
    private Set<AclBinding> ofAuthority(String user) {
        var acls = new LinkedHashSet<AclBinding>();
        for (AclOperation operation : List.of(
                AclOperation.ALTER,
                AclOperation.DESCRIBE,
                // Quotas count as settings of the whole Kafka cluster.
                AclOperation.ALTER_CONFIGS,
                AclOperation.DESCRIBE_CONFIGS)) {
            acls.add(allow(user, cluster(), operation));
        }
        for (AclOperation operation : List.of(
                AclOperation.CREATE,
                AclOperation.ALTER,
                AclOperation.DESCRIBE_CONFIGS,
                AclOperation.ALTER_CONFIGS,
                AclOperation.DESCRIBE)) {
            acls.add(allow(user, federation(), operation));
        }
        return acls;
    }

    private ResourcePattern federation() {
        return new ResourcePattern(ResourceType.TOPIC, topics.prefix(), PatternType.PREFIXED);
    }

    private static AclBinding allow(String user, ResourcePattern resource, AclOperation operation) {
        return entry(user, resource, operation, AclPermissionType.ALLOW);
    }

    private static AclBinding entry(
            String user, ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(resource, new AccessControlEntry(user, ANY_HOST, operation, permission));
    }

    private static ResourcePattern topic(String name) {
        return literal(ResourceType.TOPIC, name);
    }

    private static ResourcePattern cluster() {
        return literal(ResourceType.CLUSTER, Resource.CLUSTER_NAME);
    }

    private static ResourcePattern literal(ResourceType type, String name) {
        return new ResourcePattern(type, name, PatternType.LITERAL);
    }
}
