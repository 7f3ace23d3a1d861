package io.tombolo.controller.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.merge.Export;
import io.tombolo.catalog.merge.Merge;
import io.tombolo.catalog.merge.Merged;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportConditionsTest {
    private static final ClusterId EAST = new ClusterId("east");
    private static final ClusterId WEST = new ClusterId("west");

    private static Export export(ClusterId cluster, String protocol, long second) {
        var service = new ExportedService(
                new ServiceName("shop", "checkout"),
                List.of(new ExportedPort(80, "web", AppProtocol.parse(protocol))),
                ServiceType.CLUSTER_SET_IP,
                "None",
                Map.of(),
                Map.of(),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(new TrustDomain(cluster + ".demo.tombolo"), "shop", "checkout")),
                List.of(),
                Instant.ofEpochSecond(second));
        Instant late = Instant.ofEpochSecond(100);
        return new Export(cluster, Locality.UNKNOWN, service, Instant.EPOCH, late, Optional.empty());
    }

    private static Optional<Routes.Condition> condition(Export... exports) {
        Merged merged = Merge.of(List.of(exports)).getFirst();
        return ExportConditions.conflict(merged, EAST);
    }

    @Test
    void exportsThatSayTheSameAreNoConflict() {
        assertThat(condition(export(EAST, "http", 1), export(WEST, "http", 2))).isEmpty();
        assertThat(condition(export(EAST, "http", 1))).isEmpty();
    }

    @Test
    void whoCameLaterHearsWhoseWordCounts() {
        // When
        Routes.Condition condition =
                condition(export(EAST, "http", 2), export(WEST, "grpc", 1)).orElseThrow();
        // Then
        assertThat(condition)
                .returns("Conflict", Routes.Condition::type)
                .returns("True", Routes.Condition::status)
                .returns("PortConflict", Routes.Condition::reason);
        assertThat(condition.message())
                .isEqualTo("port web=80/http is merged as web=80/grpc, as west exported it first; "
                        + "let all exports of this name say the same");
    }

    @Test
    void whoseWordCountsHearsWhoSaysOtherwise() {
        assertThat(condition(export(EAST, "http", 1), export(WEST, "grpc", 2))
                        .orElseThrow()
                        .message())
                .startsWith("in west port web=80/grpc is merged as web=80/http; ");
    }
}
