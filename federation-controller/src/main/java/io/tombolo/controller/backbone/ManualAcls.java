package io.tombolo.controller.backbone;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** The commands by which an administrator of an external Kafka does what an authority otherwise does itself. */
public final class ManualAcls {
    private static final String SERVER = " --bootstrap-server \"$KAFKA\" --command-config \"$KAFKA_ADMIN\"";

    private ManualAcls() {}

    /**
     * A POSIX shell script; every line can be run again. {@code $KAFKA} is the bootstrap server, {@code $KAFKA_ADMIN} a
     * file with the administrator's client settings.
     * @param replication as for {@link BackboneAdmin}
     */
    public static String text(Collection<TopicPlan> topics, Replication replication, Collection<AclBinding> acls) {
        var script = new StringJoiner("\n", "", "\n");
        script.add("# Brokers need, once:");
        script.add("#   authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        script.add("#   ssl.client.auth=required");
        script.add("#   ssl.principal.mapping.rules=RULE:^CN=([A-Za-z0-9._-]+)$/$1/,DEFAULT");
        script.add("#   allow.everyone.if.no.acl.found=false, auto.create.topics.enable=false");
        script.add("#   and the backbone CA's certificate among what they believe (ssl.truststore...)");
        topics.forEach(topic -> script.add(create(topic, replication)));
        acls.forEach(acl -> script.add(add(acl)));
        return script.toString();
    }

    /** What to run when a principal's epoch is over. */
    public static String evictionText(BackbonePrincipal over, Collection<AclBinding> grants) {
        var script = new StringJoiner("\n", "", "\n");
        BackboneAcls.denyAll(over).forEach(acl -> script.add(add(acl)));
        grants.forEach(acl -> script.add(change("--remove --force", acl)));
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

    private static String add(AclBinding acl) {
        return change("--add", acl);
    }

    private static String change(String verb, AclBinding acl) {
        boolean allow = acl.entry().permissionType() == AclPermissionType.ALLOW;
        return "kafka-acls.sh" + SERVER + " " + verb
                + (allow ? " --allow-principal " : " --deny-principal ")
                + acl.entry().principal()
                + " --operation " + words(acl.entry().operation().name())
                + resource(acl.pattern());
    }

    private static String resource(ResourcePattern pattern) {
        String name = pattern.name().equals("*") ? "'*'" : pattern.name();
        String prefixed = pattern.patternType() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "";
        return switch (pattern.resourceType()) {
            case CLUSTER -> " --cluster";
            case TRANSACTIONAL_ID -> " --transactional-id " + name;
            case TOPIC, GROUP -> " --" + pattern.resourceType().name().toLowerCase(Locale.ROOT) + " " + name + prefixed;
            case UNKNOWN, ANY, DELEGATION_TOKEN, USER ->
                throw new IllegalArgumentException("no ACL of ours is on " + pattern.resourceType());
        };
    }

    /** {@code DESCRIBE_CONFIGS} as the tool spells it: {@code DescribeConfigs}. */
    private static String words(String operation) {
        var text = new StringBuilder();
        for (String word : operation.split("_", -1)) {
            text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
