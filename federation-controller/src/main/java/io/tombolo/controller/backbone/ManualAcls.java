package io.tombolo.controller.backbone;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The commands by which an administrator of an external Kafka does what an authority otherwise does itself. */
final class ManualAcls {
    private static final String SERVER = " --bootstrap-server \"$KAFKA\" --command-config \"$KAFKA_ADMIN\"";

    private ManualAcls() {}

    /**
     * A POSIX shell script; every line can be run again. {@code $KAFKA} is the bootstrap server, {@code $KAFKA_ADMIN} a
     * file with the administrator's client settings.
     * @param quotas whose use of Kafka is bounded
     */
    static String text(
            Collection<TopicPlan> topics,
            Replication replication,
            Collection<AclBinding> acls,
            Collection<BackbonePrincipal> quotas) {
        var script = new StringJoiner("\n", "", "\n");
        script.add("# Brokers need, once (docs/install.md says more):");
        script.add("#   authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        script.add("#   ssl.client.auth=required");
        script.add("#   ssl.principal.mapping.rules=RULE:^CN=(tombolo[.][A-Za-z0-9._-]+)$/$1/,DEFAULT");
        script.add("#   allow.everyone.if.no.acl.found=false, auto.create.topics.enable=false");
        script.add("#   and ca-file among what they believe (ssl.truststore...)");
        script.add("# KAFKA: a bootstrap server. KAFKA_ADMIN: a file with your client settings.");
        topics.forEach(topic -> script.add(create(topic, replication)));
        changes("--add", acls).forEach(script::add);
        quotas.forEach(principal -> script.add(quota(principal)));
        return script.toString();
    }

    /** What to run when a principal's epoch is over. */
    static String evictionText(BackbonePrincipal over, Collection<AclBinding> grants) {
        var script = new StringJoiner("\n", "", "\n");
        changes("--add", BackboneAcls.denyAll(over)).forEach(script::add);
        changes("--remove --force", grants).forEach(script::add);
        return script.toString();
    }

    private static String create(TopicPlan topic, Replication replication) {
        var line = new StringBuilder("kafka-topics.sh").append(SERVER).append(" --create --if-not-exists --topic ");
        line.append(topic.name()).append(" --partitions ").append(TopicPlan.PARTITIONS);
        replication
                .factor()
                .ifPresent(factor -> line.append(" --replication-factor ").append(factor));
        for (Map.Entry<String, String> setting : replication.applyTo(topic).entrySet()) {
            line.append(" --config ").append(setting.getKey()).append('=').append(setting.getValue());
        }
        return line.toString();
    }

    private static String quota(BackbonePrincipal principal) {
        return "kafka-configs.sh" + SERVER + " --alter --entity-type users --entity-name " + principal
                + " --add-config " + MemberQuota.text();
    }

    /** What differs between the ACLs that one command makes: nothing but the resources' names. */
    private record Command(
            String principal,
            AclPermissionType permission,
            AclOperation operation,
            ResourceType type,
            PatternType pattern) {
        static Command of(AclBinding acl) {
            return new Command(
                    acl.entry().principal(),
                    acl.entry().permissionType(),
                    acl.entry().operation(),
                    acl.pattern().resourceType(),
                    acl.pattern().patternType());
        }

        String text(String verb, List<AclBinding> acls) {
            return "kafka-acls.sh" + SERVER + " " + verb
                    + (permission == AclPermissionType.ALLOW ? " --allow-principal " : " --deny-principal ")
                    + principal
                    + " --operation " + words(operation.name())
                    + acls.stream().map(acl -> resource(acl.pattern())).collect(Collectors.joining())
                    + (pattern == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
        }
    }

    private static List<String> changes(String verb, Collection<AclBinding> acls) {
        Map<Command, List<AclBinding>> commands =
                acls.stream().collect(Collectors.groupingBy(Command::of, LinkedHashMap::new, Collectors.toList()));
        return commands.entrySet().stream()
                .map(command -> command.getKey().text(verb, command.getValue()))
                .toList();
    }

    private static String resource(ResourcePattern pattern) {
        String name = pattern.name().equals("*") ? "'*'" : pattern.name();
        return switch (pattern.resourceType()) {
            case CLUSTER -> " --cluster";
            case TRANSACTIONAL_ID -> " --transactional-id " + name;
            case TOPIC, GROUP -> " --" + pattern.resourceType().name().toLowerCase(Locale.ROOT) + " " + name;
            case UNKNOWN, ANY, DELEGATION_TOKEN, USER ->
                throw new IllegalArgumentException("no ACL of ours is on " + pattern.resourceType());
        };
    }

    /** {@code DESCRIBE_CONFIGS} as the tool spells it: {@code DescribeConfigs}. */
    static String words(String operation) {
        var text = new StringBuilder();
        for (String word : operation.split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
