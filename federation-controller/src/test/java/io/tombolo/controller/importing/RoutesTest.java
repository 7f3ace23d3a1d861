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
import io.tombolo.model.httproute.Referred;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ServiceKind;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
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
        assertThat(Routes.of(written, among(IMPORTS), "elsewhere")).containsExactly(owners);
        assertThat(Routes.of(written, among(IMPORTS), "office")).containsExactly(callers);
        assertThat(Routes.of(written, among(List.of(imported(BILL))), "office")).isEmpty();
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
            var target = (RouteTarget.Forward) Routes.of(List.of(route), among(IMPORTS), "shop")
                    .getFirst()
                    .rules()
                    .getFirst()
                    .target();
            // Then
            assertThat(target.backends())
                    .containsExactly(new Backend(Optional.empty(), 7), Backend.of(new ServicePort(CANARY, 80), 3));
            String reason = unusable.service().equals(BILL) ? "RefNotPermitted" : "BackendNotFound";
            assertThat(Routes.conditions(route, among(IMPORTS)).getFirst().conditions())
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
        var granted = new ReferenceGrant("billing", List.of(shop), List.of(to("bill")));
        var all = new ReferenceGrant("billing", List.of(shop), List.of(toAll()));
        // Then
        for (ReferenceGrant grant : List.of(granted, all)) {
            assertThat(Routes.of(List.of(route), among(IMPORTS, grant), "shop")).containsExactly(route);
            assertThat(reason(route, grant)).isEqualTo("ResolvedRefs");
        }
        for (ReferenceGrant other : List.of(
                new ReferenceGrant("billing", List.of(shop), List.of(to("tax"))),
                new ReferenceGrant("shop", List.of(shop), List.of(toAll())),
                new ReferenceGrant(
                        "billing",
                        List.of(shop),
                        List.of(new ReferenceGrant.To(ServiceKind.SERVICE_IMPORT, Optional.empty()))),
                new ReferenceGrant(
                        "billing", List.of(new ReferenceGrant.From(HttpRoute.Kind.GRPC, "shop")), List.of(toAll())),
                new ReferenceGrant(
                        "billing",
                        List.of(new ReferenceGrant.From(HttpRoute.Kind.HTTP, "office")),
                        List.of(toAll())))) {
            assertThat(reason(route, other)).isEqualTo("RefNotPermitted");
        }
    }

    private static final List<ImportedService> TWO_PORTS = List.of(
            imported(
                    CHECKOUT,
                    List.of(
                            new ExportedPort(80, "http", AppProtocol.HTTP),
                            new ExportedPort(81, "more", AppProtocol.HTTP))),
            imported(CANARY));

    private static List<List<HttpRoute.Parent>> parents(List<HttpRoute> routes) {
        return routes.stream().map(HttpRoute::parents).toList();
    }

    @Test
    void anOwnersRouteStaysForThePortsForWhichTheCallersNamespaceHasNone() {
        // Given
        HttpRoute owners = route("shop", CHECKOUT);
        HttpRoute callers = bound("office", List.of(parent(CHECKOUT, 80)));
        // When
        List<HttpRoute> ofOffice = Routes.of(List.of(owners, callers), among(TWO_PORTS), "office");
        // Then
        assertThat(parents(ofOffice)).containsExactly(List.of(parent(CHECKOUT, 81)), List.of(parent(CHECKOUT, 80)));
        // And of who owns the service all count
        assertThat(Routes.of(List.of(owners, callers), among(TWO_PORTS), "shop"))
                .containsExactly(owners);
    }

    @Test
    void aSectionIsThePortOfThatNameAndWhereANumberIsSaidTooBothFit() {
        for (var expected : Map.of(
                        List.of("more", 0), List.of(parent(CHECKOUT, 81)),
                        List.of("more", 81), List.of(parent(CHECKOUT, 81)),
                        List.of("more", 80), List.<HttpRoute.Parent>of(),
                        List.of("none", 0), List.<HttpRoute.Parent>of())
                .entrySet()) {
            // Given
            int port = (Integer) expected.getKey().getLast();
            HttpRoute route = bound(
                    "shop",
                    List.of(new HttpRoute.Parent(
                            ServiceKind.SERVICE,
                            CHECKOUT,
                            port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
                            Optional.of((String) expected.getKey().getFirst()))));
            // When
            List<HttpRoute> attached = Routes.of(List.of(route), among(TWO_PORTS), "shop");
            // Then
            assertThat(parents(attached).stream().flatMap(List::stream))
                    .as("" + expected.getKey())
                    .isEqualTo(expected.getValue());
            assertThat(Routes.conditions(route, among(TWO_PORTS))
                            .getFirst()
                            .conditions()
                            .getFirst()
                            .reason())
                    .isEqualTo(attached.isEmpty() ? "NoMatchingParent" : "Accepted");
        }
    }

    @Test
    void aServiceThatNobodyExportsIsNoImport() {
        // Given
        var surroundings = new RouteSurroundings(IMPORTS, Set.of(CHECKOUT), List.of());
        HttpRoute route = bound(
                "shop",
                List.of(
                        new HttpRoute.Parent(
                                ServiceKind.SERVICE_IMPORT, CHECKOUT, OptionalInt.empty(), Optional.empty()),
                        new HttpRoute.Parent(
                                ServiceKind.SERVICE_IMPORT, CANARY, OptionalInt.empty(), Optional.empty())),
                to(new Referred.Import(CHECKOUT, OptionalInt.empty())),
                to(new Referred.Import(CANARY, OptionalInt.of(80))));
        // When
        HttpRoute attached = Routes.of(List.of(route), surroundings, "shop").getFirst();
        // Then
        assertThat(attached.parents()).containsExactly(new HttpRoute.Parent(CHECKOUT, OptionalInt.empty()));
        assertThat(backends(attached))
                .containsExactly(Backend.of(new ServicePort(CHECKOUT, 80), 1), new Backend(Optional.empty(), 1));
        assertThat(Routes.conditions(route, surroundings))
                .extracting(at -> at.conditions().getFirst().reason())
                .containsExactly("Accepted", "NoMatchingParent");
    }

    private static Backend to(Referred referred) {
        return new Backend(referred, 1, HeaderChange.NONE, HeaderChange.NONE);
    }

    private static List<Backend> backends(HttpRoute route) {
        return ((RouteTarget.Forward) route.rules().getFirst().target()).backends();
    }

    @Test
    void callersAreLedBackToTheServiceThatTheyCallWithoutAGrantAndNobodyElseIs() {
        // Given
        Backend bill = Backend.of(new ServicePort(BILL, 80), 1);
        HttpRoute consumers = route("office", BILL, bill);
        // A parent more would send everybody who calls checkout to another namespace's service
        HttpRoute smuggling = bound("shop", List.of(parent(CHECKOUT, 80), parent(BILL, 80)), bill);
        HttpRoute asImport = route("office", BILL, to(new Referred.Import(BILL, OptionalInt.of(80))));
        // When, then
        assertThat(backends(
                        Routes.of(List.of(consumers), among(IMPORTS), "office").getFirst()))
                .containsExactly(bill);
        for (HttpRoute refused : List.of(smuggling, asImport)) {
            assertThat(backends(Routes.of(
                                    List.of(refused),
                                    among(IMPORTS),
                                    refused.name().namespace())
                            .getFirst()))
                    .containsExactly(new Backend(Optional.empty(), 1));
        }
    }

    private static String reason(HttpRoute route, ReferenceGrant grant) {
        return Routes.conditions(route, among(IMPORTS, grant))
                .getFirst()
                .conditions()
                .getLast()
                .reason();
    }

    @Test
    void aParentThatIsNotKnownIsNotAccepted() {
        HttpRoute route = route("shop", new ServiceName("shop", "gone"));
        assertThat(Routes.conditions(route, among(IMPORTS))
                        .getFirst()
                        .conditions()
                        .getFirst())
                .extracting(Routes.Condition::status, Routes.Condition::reason)
                .containsExactly("False", "NoMatchingParent");
        assertThat(Routes.pending(route).getFirst().conditions().getFirst().status())
                .isEqualTo("Unknown");
    }

    private static HttpRoute route(String namespace, ServiceName parent, Backend... backends) {
        return bound(namespace, List.of(new HttpRoute.Parent(parent, OptionalInt.empty())), backends);
    }

    private static HttpRoute.Parent parent(ServiceName service, int port) {
        return new HttpRoute.Parent(service, OptionalInt.of(port));
    }

    private static HttpRoute bound(String namespace, List<HttpRoute.Parent> parents, Backend... backends) {
        return new HttpRoute(
                HttpRoute.Kind.HTTP,
                new ServiceName(namespace, "route"),
                Instant.EPOCH,
                parents,
                List.of(new RouteRule(
                        List.of(),
                        HeaderChange.NONE,
                        HeaderChange.NONE,
                        new RouteTarget.Forward(List.of(backends), Optional.empty()),
                        RouteLimits.NONE)));
    }

    private static ReferenceGrant.To to(String name) {
        return new ReferenceGrant.To(ServiceKind.SERVICE, Optional.of(name));
    }

    private static ReferenceGrant.To toAll() {
        return new ReferenceGrant.To(ServiceKind.SERVICE, Optional.empty());
    }

    /** All of it is exported by some cluster. */
    private static RouteSurroundings among(List<ImportedService> callable, ReferenceGrant... grants) {
        return new RouteSurroundings(
                callable, callable.stream().map(ImportedService::service).collect(Collectors.toSet()), List.of(grants));
    }

    private static ImportedService imported(ServiceName name) {
        return imported(name, List.of(new ExportedPort(80, "http", AppProtocol.HTTP)));
    }

    private static ImportedService imported(ServiceName name, List<ExportedPort> ports) {
        return new ImportedService(name, ports, ServiceType.CLUSTER_SET_IP, "None", List.of(), Optional.empty());
    }
}
