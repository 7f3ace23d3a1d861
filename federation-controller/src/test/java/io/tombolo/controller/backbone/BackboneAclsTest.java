package io.tombolo.controller.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.junit.jupiter.api.Test;

class BackboneAclsTest {
    private static final FederationName PROD = new FederationName("prod");

    private final BackboneAcls acls = new BackboneAcls(new BackboneTopics(PROD));
    private final BackboneMember east = member("east", true);
    private final BackboneMember west = member("west", false);
    private final List<ClusterId> both = List.of(east.cluster(), west.cluster());

    @Test
    void aMemberWritesItsOwnTopicsAndTheSharedOnesButNotMembers() {
        assertThat(written(acls.of(west, both), "WRITE"))
                .containsExactlyInAnyOrder(
                        "TOPIC tombolo.prod.catalog.west",
                        "TOPIC tombolo.prod.health.west",
                        "TOPIC tombolo.prod.pulse",
                        "TOPIC tombolo.prod.audit",
                        "TRANSACTIONAL_ID tombolo.prod.west.1");
    }

    @Test
    void aMemberReadsEveryTopicOfItsFederation() {
        assertThat(written(acls.of(west, both), "READ"))
                .containsExactlyInAnyOrder(
                        "TOPIC tombolo.prod.members",
                        "TOPIC tombolo.prod.pulse",
                        "TOPIC tombolo.prod.audit",
                        "TOPIC tombolo.prod.catalog.east",
                        "TOPIC tombolo.prod.health.east",
                        "TOPIC tombolo.prod.catalog.west",
                        "TOPIC tombolo.prod.health.west");
    }

    @Test
    void aMembersAclsAreLiteralForItsOneEpoch() {
        assertThat(acls.of(west, both)).allSatisfy(acl -> {
            assertThat(acl.pattern().patternType()).isEqualTo(PatternType.LITERAL);
            assertThat(acl.pattern().name()).isNotEqualTo("*");
            assertThat(acl.entry().principal()).isEqualTo("User:tombolo.prod.west.1");
        });
    }

    @Test
    void onlyAnAuthorityWritesMembersAndMayAlterAcls() {
        assertThat(written(acls.of(east, both), "WRITE")).contains("TOPIC tombolo.prod.members");
        assertThat(written(acls.of(east, both), "ALTER")).contains("CLUSTER kafka-cluster");
        assertThat(written(acls.of(west, both), "ALTER")).isEmpty();
    }

    @Test
    void theOthersMayReadANewcomer() {
        assertThat(acls.toRead(west.cluster(), List.of(east)))
                .extracting(acl -> acl.entry().principal() + " " + acl.pattern().name())
                .containsExactlyInAnyOrder(
                        "User:tombolo.prod.east.1 tombolo.prod.catalog.west",
                        "User:tombolo.prod.east.1 tombolo.prod.health.west");
    }

    @Test
    void aDeadEpochIsDeniedEverything() {
        assertThat(BackboneAcls.denyAll(west.principal())).hasSize(4).allSatisfy(acl -> {
            assertThat(acl.entry().permissionType()).isEqualTo(AclPermissionType.DENY);
            assertThat(acl.entry().operation().name()).isEqualTo("ALL");
        });
    }

    @Test
    void whereAnAdministratorDoesItByHandNobodyOfTheFederationAdministersKafka() {
        assertThat(acls.byHand(east, both))
                .extracting(acl -> acl.entry().operation().name())
                .containsOnly("READ", "WRITE", "DESCRIBE_CONFIGS");
        assertThat(acls.byHand(west, both)).isEqualTo(acls.of(west, both));
    }

    private static Set<String> written(Set<AclBinding> acls, String operation) {
        return acls.stream()
                .filter(acl -> acl.entry().operation().name().equals(operation))
                .filter(acl -> acl.pattern().patternType() == PatternType.LITERAL)
                .map(acl -> acl.pattern().resourceType() + " " + acl.pattern().name())
                .collect(Collectors.toSet());
    }

    private static BackboneMember member(String cluster, boolean authority) {
        return new BackboneMember(new BackbonePrincipal(PROD, new ClusterId(cluster), 1), authority);
    }
}
