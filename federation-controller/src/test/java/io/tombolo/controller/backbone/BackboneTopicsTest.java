package io.tombolo.controller.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackboneTopicsTest {
    private static final int LONGEST_KAFKA_TOPIC = 249;

    private final BackboneTopics topics = new BackboneTopics(new FederationName("prod"));
    private final ClusterId west = new ClusterId("west");

    @Test
    void topicsHaveTheNamesThatTheLogGivesThem() {
        assertThat(topics.all(List.of(west)))
                .extracting(TopicPlan::name)
                .containsExactlyInAnyOrder(
                        "tombolo.prod.members",
                        "tombolo.prod.pulse",
                        "tombolo.prod.audit",
                        "tombolo.prod.catalog.west",
                        "tombolo.prod.health.west");
    }

    @Test
    void whatIsTheTruthIsCompactedAndFlushedWithEachRecord() {
        assertThat(topics.of(west).getFirst().settings())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("max.message.bytes", "66560")
                .containsEntry("flush.messages", "1")
                .containsEntry("delete.retention.ms", "604800000")
                .containsEntry("unclean.leader.election.enable", "false");
    }

    @Test
    void whatIsNewsOnlyIsDeletedSoon() {
        assertThat(topics.of(west).get(1).settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "300000")
                .doesNotContainKey("flush.messages");
        assertThat(topics.shared().get(1).settings())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "600000");
    }

    @Test
    void auditIsKeptForMoreThanAYear() {
        assertThat(topics.shared().get(2).settings())
                .containsEntry("retention.ms", "34560000000")
                .containsEntry("retention.bytes", "-1");
    }

    @Test
    void theLongestNamesFitIntoATopic() {
        var longest = new BackboneTopics(new FederationName("f".repeat(47)));
        assertThat(longest.catalog(new ClusterId("c".repeat(63))).length()).isLessThanOrEqualTo(LONGEST_KAFKA_TOPIC);
    }
}
