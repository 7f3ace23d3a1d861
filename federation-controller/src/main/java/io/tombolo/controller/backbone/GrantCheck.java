package io.tombolo.controller.backbone;

import io.tombolo.model.fault.TomboloException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Asks Kafka, as one principal, what that principal may do. Needs no right that the principal does not need anyway, so it
 * works where nobody of the federation administers Kafka.
 */
final class GrantCheck implements AutoCloseable {
    private final Admin admin;
    private final Asking asking;

    GrantCheck(BackboneConnection connection) {
        Map<String, Object> settings = connection.clientSettings();
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "tombolo-check");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) BackboneAdmin.LIMIT.toMillis() / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) BackboneAdmin.LIMIT.toMillis());
        this.admin = Admin.create(settings);
        this.asking = new Asking(connection);
    }

    /**
     * Those of {@code wanted}, all of one principal, that it has not got.
     * @return for people, one each; empty when all is well
     * @throws TomboloException BACKBONE_UNREACHABLE, or BACKBONE_DENIED if the brokers do not believe the certificate
     */
    List<String> missing(Collection<AclBinding> wanted) {
        var missing = new ArrayList<String>();
        Map<String, Set<AclOperation>> byTopic = wanted.stream()
                .filter(acl -> acl.pattern().resourceType() == ResourceType.TOPIC)
                .filter(acl -> acl.pattern().patternType() == PatternType.LITERAL)
                .collect(Collectors.groupingBy(
                        acl -> acl.pattern().name(),
                        TreeMap::new,
                        Collectors.mapping(acl -> acl.entry().operation(), Collectors.toSet())));
        admin
                .describeTopics(
                        TopicCollection.ofTopicNames(byTopic.keySet()),
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(topic -> missing.addAll(ofTopic(topic.getKey(), topic.getValue(), byTopic)));
        wanted.stream()
                .filter(acl -> acl.pattern().resourceType() == ResourceType.TRANSACTIONAL_ID)
                .forEach(acl -> ofTransactionalId(acl.pattern().name()).ifPresent(missing::add));
        return missing;
    }

    private List<String> ofTopic(
            String name, KafkaFuture<TopicDescription> answer, Map<String, Set<AclOperation>> wanted) {
        try {
            Set<AclOperation> may =
                    asking.get("looking at topic " + name, answer).authorizedOperations();
            return wanted.getOrDefault(name, Set.of()).stream()
                    .filter(operation -> !may.contains(operation))
                    .sorted()
                    .map(operation -> ManualAcls.words(operation.name()) + " on topic " + name)
                    .toList();
        } catch (TomboloException e) {
            return switch (e.getCause()) {
                case UnknownTopicOrPartitionException _ -> List.of("topic " + name);
                // Who may do nothing with a topic is not told whether it is there.
                case TopicAuthorizationException _ -> List.of("topic " + name + ", or every ACL on it");
                case null, default -> throw e;
            };
        }
    }

    /** Kafka tells nobody whether he may write with an id, only whether he may see it; whoever may write may see. */
    private Optional<String> ofTransactionalId(String id) {
        try {
            asking.get(
                    "looking at transactional id " + id,
                    admin.describeTransactions(List.of(id)).description(id));
            return Optional.empty();
        } catch (TomboloException e) {
            return switch (e.getCause()) {
                case TransactionalIdNotFoundException _ -> Optional.empty();
                case TransactionalIdAuthorizationException _ -> Optional.of("Write on transactional id " + id);
                case null, default -> throw e;
            };
        }
    }

    /** For what only looks at topics. */
    TopicKeeper topics() {
        return new TopicKeeper(admin, asking, Replication.BROKER_DEFAULT);
    }

    @Override
    public void close() {
        admin.close(BackboneAdmin.LIMIT);
    }
}
