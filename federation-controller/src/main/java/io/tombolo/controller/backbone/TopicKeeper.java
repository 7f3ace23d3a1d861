package io.tombolo.controller.backbone;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics: made when missing, checked when there. */
final class TopicKeeper {
    private final Admin admin;
    private final Asking asking;
    private final Replication replication;

    TopicKeeper(Admin admin, Asking asking, Replication replication) {
        this.admin = admin;
        this.asking = asking;
        this.replication = replication;
    }

    /** Returns when all of {@code plans} are there, led, and as they must be. */
    void ensure(Collection<TopicPlan> plans) {
        Set<String> there = existing(plans);
        List<TopicPlan> missing =
                plans.stream().filter(plan -> !there.contains(plan.name())).toList();
        create(missing);
        asking.until(
                "waiting for new topics to get a leader", () -> missing.stream().allMatch(this::isLed));
        asking.until("waiting for the brokers to know new topics", () -> isKnownAndRight(plans));
    }

    /** Each question goes to some broker: one may hear of a new topic later than the one that was asked before. */
    private boolean isKnownAndRight(Collection<TopicPlan> plans) {
        try {
            verify(plans);
            return true;
        } catch (TomboloException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /** @throws TomboloException {@link Fault#BACKBONE_MISCONFIGURED} for the first difference */
    void verify(Collection<TopicPlan> plans) {
        List<String> names = plans.stream().map(TopicPlan::name).toList();
        asking.get("looking at topics", admin.describeTopics(names).allTopicNames())
                .values()
                .forEach(this::verifyPartitions);
        Map<ConfigResource, Config> found = asking.get(
                "reading the settings of topics",
                admin.describeConfigs(names.stream().map(TopicKeeper::resource).toList())
                        .all());
        plans.forEach(plan -> verifySettings(plan, Objects.requireNonNull(found.get(resource(plan.name())))));
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private Set<String> existing(Collection<TopicPlan> plans) {
        return plans.stream()
                .map(TopicPlan::name)
                .filter(name -> description(name).isPresent())
                .collect(Collectors.toSet());
    }

    private boolean isLed(TopicPlan plan) {
        return description(plan.name())
                .map(topic -> topic.partitions().getFirst().leader() != null)
                .orElse(false);
    }

    private Optional<TopicDescription> description(String name) {
        try {
            return Optional.ofNullable(asking.get(
                            "looking at topic " + name,
                            admin.describeTopics(List.of(name)).allTopicNames())
                    .get(name));
        } catch (TomboloException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void create(List<TopicPlan> plans) {
        List<NewTopic> topics = plans.stream()
                .map(plan -> new NewTopic(plan.name(), Optional.of(TopicPlan.PARTITIONS), replication.factor())
                        .configs(replication.applyTo(plan)))
                .toList();
        admin.createTopics(topics).values().forEach(this::awaitMade);
    }

    /** Another authority that was faster is as good. */
    private void awaitMade(String name, KafkaFuture<Void> answer) {
        try {
            asking.get("making topic " + name, answer);
        } catch (TomboloException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void verifyPartitions(TopicDescription topic) {
        if (topic.partitions().size() != TopicPlan.PARTITIONS) {
            throw wrong(topic.name(), "partitions", "" + topic.partitions().size(), "" + TopicPlan.PARTITIONS);
        }
    }

    private void verifySettings(TopicPlan plan, Config config) {
        plan.required().forEach((key, expected) -> {
            ConfigEntry entry = config.get(key);
            String value = entry == null ? "not set" : entry.value();
            if (!expected.equals(value)) {
                throw wrong(plan.name(), key, value, expected);
            }
        });
    }

    private TomboloException wrong(String topic, String key, String value, String expected) {
        String fix = key.equals("partitions")
                ? "delete the topic while no cluster writes to it, and repeat"
                : "kafka-configs.sh --alter --entity-type topics --entity-name " + topic + " --add-config " + key + "="
                        + expected;
        return new TomboloException(
                Fault.BACKBONE_MISCONFIGURED,
                asking.connection() + ": topic " + topic,
                key + " = " + value + " (expected " + expected + ")",
                fix);
    }
}
