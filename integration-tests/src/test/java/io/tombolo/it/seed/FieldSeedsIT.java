package io.tombolo.it.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Detour;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.JoinToken;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** East calls, west has the service; one report after the other on one federation. */
@SuppressWarnings("NullAway.Init") // the tests follow one another, each on what the ones before left
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FieldSeedsIT {
    private Federation federation;
    private Cluster east;
    private Cluster west;

    @BeforeAll
    void foundByEastAlone() {
        var two = new LinkedHashMap<String, String>();
        two.put("east", "eu");
        two.put("west", "eu");
        federation = Federation.unlinked(two);
        east = federation.cluster("east");
        west = federation.cluster("west");
        east.operator().founds("demo", federation.backbone().connectionFile());
    }

    @Test
    @Order(1)
    void aJoinByAnAddressWhereNobodyAnswersSaysSoAndWorksWithTheSameTokenWhenSomebodyDoes() {
        // Given a token whose address is wrong
        int wrong = FreePorts.one();
        JoinToken token = TokenText.join(east.operator().invites("west"));
        int right = Integer.parseInt(token.getEnrolmentAddresses(0).replaceFirst(".*:", ""));
        String misled = TokenText.write(token.toBuilder()
                .clearEnrolmentAddresses()
                .addEnrolmentAddresses("127.0.0.1:" + wrong)
                .build());
        // When
        JsonNode failed = west.operator().joins(misled);
        // Then
        assertThat(failed.path("state").asText()).isEqualTo("FAILED");
        assertThat(failed.toString()).contains("TB-", "127.0.0.1:" + wrong);
        // When that address is put right, without a restart of anybody
        try (var detour = Detour.open(wrong, right)) {
            JsonNode joined = west.operator().joins(misled);
            // Then
            assertThat(joined.path("state").asText()).as(joined.toString()).isNotEqualTo("FAILED");
        }
    }

    @AfterAll
    void end() {
        federation.close();
    }
}
