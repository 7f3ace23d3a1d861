package io.tombolo.controller.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final ServiceName CANARY = new ServiceName("shop", "canary");
    private static final ServiceName BILL = new ServiceName("billing", "bill");
    private static final List<ImportedService> IMPORTS = List.of(imported(CHECKOUT), imported(CANARY), imported(BILL));

    @Test
    void aServicesOwnNamespaceRoutesForEverybodyAndAnotherOneForItself() {
        HttpRoute owners = route("shop", CHECKOUT, Backend.of(new ServicePort(CANARY, 80), 1));
        HttpRoute callers = route("office", CHECKOUT);
        List<HttpRoute> written = List.of(owners, callers);
        assertThat(Routes.of(written, List.of(), "elsewhere", IMPORTS)).containsExactly(owners);
        assertThat(Routes.of(written, List.of(), "office", IMPORTS)).containsExactly(owners, callers);
        assertThat(Routes.of(written, List.of(), "office", List.of(imported(BILL))))
                .isEmpty();
    }

    @Test
    void aBackendThatIsNotThereOrOfAnotherNamespaceKeepsItsShareAndIsNamedInTheStatus() {
        for (ServicePort unusable : List.of(
                new ServicePort(CANARY, 81),
                new ServicePort(new ServiceName("shop", "gone"), 80),
                new ServicePort(BILL, 80))) {
            // Given
            HttpRoute route =
                    route("shop", CHECKOUT, Backend.of(unusable, 7), Backend.of(new ServicePort(CANARY, 80), 3));
            // When
            var target = (RouteTarget.Forward) Routes.of(List.of(route), List.of(), "shop", IMPORTS)
                    .getFirst()
                    .rules()
                    .getFirst()
                    .target();
            // Then
            assertThat(target.backends())
                    .containsExactly(new Backend(Optional.empty(), 7), Backend.of(new ServicePort(CANARY, 80), 3));
            String reason = unusable.service().equals(BILL) ? "RefNotPermitted" : "BackendNotFound";
            assertThat(Routes.conditions(route, List.of(), IMPORTS).getFirst().conditions())
                    .extracting(Routes.Condition::type, Routes.Condition::status, Routes.Condition::reason)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("Accepted", "True", "Accepted"),
                            org.assertj.core.groups.Tuple.tuple("ResolvedRefs", "False", reason));
        }
    }

    @Test
    void aBackendOfAnotherNamespaceIsUsedWhereThatOneGrantsIt() {
        // Given
        HttpRoute route = route("shop", CHECKOUT, Backend.of(new ServicePort(BILL, 80), 1));
        var shop = new ReferenceGrant.From(HttpRoute.Kind.HTTP, "shop");
        var granted = new ReferenceGrant("billing", List.of(shop), List.of(Optional.of("bill")));
        var all = new ReferenceGrant("billing", List.of(shop), List.of(Optional.empty()));
        // Then
        for (ReferenceGrant grant : List.of(granted, all)) {
            assertThat(Routes.of(List.of(route), List.of(grant), "shop", IMPORTS))
                    .containsExactly(route);
            assertThat(reason(route, grant)).isEqualTo("ResolvedRefs");
        }
        for (ReferenceGrant other : List.of(
                new ReferenceGrant("billing", List.of(shop), List.of(Optional.of("tax"))),
                new ReferenceGrant("shop", List.of(shop), List.of(Optional.empty())),
                new ReferenceGrant(
                        "billing",
                        List.of(new ReferenceGrant.From(HttpRoute.Kind.GRPC, "shop")),
                        List.of(Optional.empty())),
                new ReferenceGrant(
                        "billing",
                        List.of(new ReferenceGrant.From(HttpRoute.Kind.HTTP, "office")),
                        List.of(Optional.empty())))) {
            assertThat(reason(route, other)).isEqualTo("RefNotPermitted");
        }
    }

    private static String reason(HttpRoute route, ReferenceGrant grant) {
        return Routes.conditions(route, List.of(grant), IMPORTS)
                .getFirst()
                .conditions()
                .getLast()
                .reason();
    }

    @Test
    void aParentThatIsNotKnownIsNotAccepted() {
        HttpRoute route = route("shop", new ServiceName("shop", "gone"));
        assertThat(Routes.conditions(route, List.of(), IMPORTS)
                        .getFirst()
                        .conditions()
                        .getFirst())
                .extracting(Routes.Condition::status, Routes.Condition::reason)
                .containsExactly("False", "NoMatchingParent");
        assertThat(Routes.pending(route).getFirst().conditions().getFirst().status())
                .isEqualTo("Unknown");
    }

    private static HttpRoute route(String namespace, ServiceName parent, Backend... backends) {
        return new HttpRoute(
                HttpRoute.Kind.HTTP,
                new ServiceName(namespace, "route"),
                Instant.EPOCH,
                List.of(new HttpRoute.Parent(parent, OptionalInt.empty())),
                List.of(new RouteRule(
                        List.of(),
                        HeaderChange.NONE,
                        HeaderChange.NONE,
                        new RouteTarget.Forward(List.of(backends), Optional.empty()),
                        RouteLimits.NONE)));
    }

    private static ImportedService imported(ServiceName name) {
        return new ImportedService(
                name,
                List.of(new ExportedPort(80, "http", AppProtocol.HTTP)),
                ServiceType.CLUSTER_SET_IP,
                "None",
                List.of(),
                Optional.empty());
    }
}
