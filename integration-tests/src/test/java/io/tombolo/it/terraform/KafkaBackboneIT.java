package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.controller.backbone.BackboneAcls;
import io.tombolo.controller.backbone.BackboneMember;
import io.tombolo.controller.backbone.BackbonePrincipal;
import io.tombolo.controller.backbone.BackboneTopics;
import io.tombolo.controller.backbone.TopicPlan;
import io.tombolo.it.actors.ModuleTests;
import io.tombolo.it.actors.Terraform;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module kafka-backbone says the same as `tombolo init --manual-acls`. */
class KafkaBackboneIT {
    private static final FederationName DEMO = new FederationName("demo");
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");

    @Test
    void itsTopicsAndAclsAreThoseThatAFederationAsksAnAdministratorFor(@TempDir Path dir) throws Exception {
        Terraform.isHere();
        // Given
        var tests = new ModuleTests(dir, Map.of());
        tests.passes("modules/kafka-backbone");
        String example = "modules/kafka-backbone/examples/lists";
        tests.isValid(example);
        // When
        tests.runs(example, "apply", "-auto-approve", "-no-color").succeeds();
        JsonNode said = new ObjectMapper()
                .readTree(tests.runs(example, "output", "-json").succeeds().output());
        // Then
        var topics = new BackboneTopics(DEMO);
        JsonNode listed = said.at("/topics/value");
        assertThat(listed.size()).isEqualTo(7);
        for (TopicPlan plan : topics.all(List.of(EAST, WEST))) {
            var settings = new HashMap<>(plan.required());
            settings.putAll(plan.chosen());
            settings.put("min.insync.replicas", "2");
            assertThat(new ObjectMapper().convertValue(listed.path(plan.name()).path("config"), Map.class))
                    .as(plan.name())
                    .isEqualTo(settings);
        }
        var acls = new BackboneAcls(topics);
        Set<String> wanted = Stream.of(member(EAST, true), member(WEST, false))
                .flatMap(member -> acls.byHand(member, List.of(EAST, WEST)).stream())
                .map(KafkaBackboneIT::text)
                .collect(Collectors.toSet());
        Set<String> rendered =
                said.at("/acls/value").valueStream().map(KafkaBackboneIT::text).collect(Collectors.toSet());
        assertThat(rendered).isEqualTo(wanted);
    }

    private static BackboneMember member(ClusterId cluster, boolean authority) {
        return new BackboneMember(new BackbonePrincipal(DEMO, cluster, 1), authority);
    }

    private static String text(AclBinding acl) {
        return lower(
                acl.entry().principal(),
                acl.entry().operation().name(),
                acl.pattern().resourceType().name(),
                acl.pattern().patternType().name(),
                acl.pattern().name());
    }

    private static String text(JsonNode acl) {
        return lower(
                acl.path("principal").asText(),
                acl.path("operation").asText(),
                acl.path("resource_type").asText(),
                acl.path("pattern_type").asText(),
                acl.path("resource_name").asText());
    }

    private static String lower(String... words) {
        return String.join(" ", words).replace("_", "").toLowerCase(Locale.ROOT);
    }
}
