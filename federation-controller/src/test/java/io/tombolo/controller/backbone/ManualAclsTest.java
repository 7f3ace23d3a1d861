package io.tombolo.controller.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManualAclsTest {
    private static final String SERVER = " --bootstrap-server \"$KAFKA\" --command-config \"$KAFKA_ADMIN\" ";

    private final BackboneMember east = member("east", true);
    private final BackboneMember west = member("west", false);

    @Test
    void aFoundersScriptMakesTheSharedTopicsAndItsOwn() {
        // When
        List<String> script = script(east, List.of());
        // Then
        assertThat(script)
                .filteredOn(line -> line.startsWith("kafka-topics.sh"))
                .hasSize(5)
                .allMatch(line -> line.startsWith("kafka-topics.sh" + SERVER + "--create --if-not-exists --topic"))
                .allMatch(line -> line.contains(" --partitions 1 --replication-factor 3 "))
                .allMatch(line -> line.contains(" --config min.insync.replicas=2"));
        assertThat(script)
                .contains(
                        "kafka-acls.sh" + SERVER + "--add --allow-principal User:tombolo.prod.east.1 --operation Write"
                                + " --topic tombolo.prod.catalog.east --topic tombolo.prod.health.east --topic tombolo.prod.pulse"
                                + " --topic tombolo.prod.audit --topic tombolo.prod.members")
                .contains("kafka-acls.sh" + SERVER + "--add --allow-principal User:tombolo.prod.east.1"
                        + " --operation DescribeConfigs --topic tombolo.prod. --resource-pattern-type prefixed")
                .contains(
                        "kafka-configs.sh" + SERVER + "--alter --entity-type users --entity-name tombolo.prod.east.1"
                                + " --add-config consumer_byte_rate=33554432,producer_byte_rate=4194304,request_percentage=100");
    }

    @Test
    void aJoinersScriptMakesItsTopicsAndLetsTheOthersRead() {
        // When
        List<String> script = script(west, List.of(east));
        // Then
        assertThat(script)
                .filteredOn(line -> line.startsWith("kafka-topics.sh"))
                .hasSize(2);
        assertThat(script)
                .contains("kafka-acls.sh" + SERVER + "--add --allow-principal User:tombolo.prod.east.1 --operation Read"
                        + " --topic tombolo.prod.catalog.west --topic tombolo.prod.health.west")
                .contains(
                        "kafka-acls.sh" + SERVER + "--add --allow-principal User:tombolo.prod.west.1 --operation Write"
                                + " --transactional-id tombolo.prod.west.1")
                .noneMatch(line -> line.contains("Alter") || line.contains("Create "));
    }

    @Test
    void aFormerMemberIsDeniedEverythingBeforeItsGrantsGo() {
        // When
        List<String> script = BackboneAdmin.evictionText(west, List.of(east.cluster(), west.cluster()))
                .lines()
                .toList();
        // Then
        assertThat(script.getFirst())
                .isEqualTo("kafka-acls.sh" + SERVER
                        + "--add --deny-principal User:tombolo.prod.west.1 --operation All --topic '*'");
        assertThat(script.getLast()).startsWith("kafka-acls.sh" + SERVER + "--remove --force --allow-principal");
    }

    @Test
    void whatIsMissingIsNamedButNotWithoutEnd() {
        assertThat(HandMade.summary(List.of("a", "b", "c", "d", "e"))).isEqualTo("missing: a; b; c; and 2 more");
        assertThat(HandMade.summary(List.of("a"))).isEqualTo("missing: a");
    }

    private static List<String> script(BackboneMember member, List<BackboneMember> others) {
        var ca = BackboneAuthority.create("test", P256Key.generate(), Instant.now(), Duration.ofDays(1));
        var connection = new BackboneConnection(List.of("k:1"), List.of(ca.root()), () -> {
            throw new AssertionError("nobody connects here");
        });
        var replication = new Replication(Optional.of((short) 3), Optional.of(2));
        return new HandMade(new AdminAccess(connection, Optional.of(ca), replication), member, others)
                .script()
                .lines()
                .toList();
    }

    private static BackboneMember member(String cluster, boolean authority) {
        return new BackboneMember(
                new BackbonePrincipal(new FederationName("prod"), new ClusterId(cluster), 1), authority);
    }
}
