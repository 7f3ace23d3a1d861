package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of imports, against an API server that gives some as the real one does. */
class KubeDerivedTest {
    @RegisterExtension
    static final TestApi API = new TestApi(ImportObject.KIND);

    private static final String DERIVED = DerivedName.of(Imported.CHECKOUT);

    private final List<ServiceAddresses> told = new CopyOnWriteArrayList<>();
    private volatile Optional<ImportNews.Known> known = Optional.empty();
    private final AtomicLong nanos = new AtomicLong();
    private final KubernetesClient impatient = API.impatient();
    private KubeImports imports;
    private KubeDerived derived;

    @BeforeEach
    void start() {
        startWith(List.of());
    }

    private void startWith(Collection<ServiceAddresses> before) {
        var given = new GivenAddresses(before, all -> {
            told.clear();
            told.addAll(all);
        });
        imports =
                new KubeImports(API.client(), () -> known, Optional.of(given), TestApi.ample(), InstantSource.system());
        derived = new KubeDerived(
                impatient, imports, given, new AddressLimits(2, 5), TestApi.perSecond(1_000_000, nanos::get));
        imports.start();
        derived.start();
    }

    @AfterEach
    void end() {
        derived.close();
        imports.close();
        impatient.close();
    }

    private Optional<Service> service() {
        return Optional.ofNullable(
                API.client().services().inNamespace("shop").withName(DERIVED).get());
    }

    private JsonNode json() {
        return Optional.ofNullable(API.client()
                        .genericKubernetesResources(ImportObject.KIND)
                        .inNamespace("shop")
                        .withName("checkout")
                        .get())
                .map(new ObjectMapper()::<JsonNode>valueToTree)
                .orElseThrow();
    }

    private List<String> ips() {
        var ips = new ArrayList<String>();
        json().at("/spec/ips").forEach(ip -> ips.add(ip.asText()));
        return ips;
    }

    /** Looks all the time instead of now and then. */
    private void until(String what, Callable<Boolean> there) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> {
                    imports.look();
                    derived.look();
                    return there.call();
                });
    }

    private void hasAddresses() {
        known = Imported.known(Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST));
        until(
                "addresses",
                () -> !ips().isEmpty()
                        && json().at("/status/conditions/0/message").asText().contains("at its addresses"));
    }

    @Test
    void anImportHasTheAddressesOfAServiceThatLeadsToNobody() {
        // When
        hasAddresses();
        // Then
        Service service = service().orElseThrow();
        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(service.getSpec().getIpFamilyPolicy()).isEqualTo("PreferDualStack");
        assertThat(service.getSpec().getSelector()).isNullOrEmpty();
        assertThat(service.getSpec().getSessionAffinity()).isEqualTo("None");
        assertThat(service.getSpec().getPorts())
                .extracting(ServicePort::getPort)
                .containsExactly(80);
        assertThat(service.getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "tombolo")
                .containsEntry("multicluster.kubernetes.io/service-name", "checkout");
        OwnerReference owner = service.getMetadata().getOwnerReferences().getFirst();
        assertThat(owner.getUid()).isEqualTo(json().at("/metadata/uid").asText());
        assertThat(owner.getController()).isFalse();
        assertThat(ips()).isEqualTo(service.getSpec().getClusterIPs());
        assertThat(json().at("/spec/ipFamilies/0").asText()).isEqualTo("IPv4");
        assertThat(json().at("/metadata/annotations/multicluster.kubernetes.io~1derived-service")
                        .asText())
                .isEqualTo(DERIVED);
        assertThat(told).singleElement().satisfies(one -> {
            assertThat(one.service()).isEqualTo(Imported.CHECKOUT);
            assertThat(one.addresses().stream().map(IpText::of).toList()).isEqualTo(ips());
        });
    }

    @Test
    void aHeadlessServiceHasNoneAndOneThatBecomesSoLosesThem() {
        // Given
        hasAddresses();
        // When
        known = Imported.known(Imported.checkout(ServiceType.HEADLESS, Imported.WEST));
        // Then
        until("no addresses", () -> service().isEmpty() && ips().isEmpty() && told.isEmpty());
        assertThat(json().at("/metadata/annotations").has("multicluster.kubernetes.io/derived-service"))
                .isFalse();
        assertThat(json().at("/spec").has("ipFamilies")).isFalse();
    }

    @Test
    void itGoesWithTheImportAndPortsAreFollowed() {
        // Given
        hasAddresses();
        List<String> before = ips();
        // When
        known = Imported.known(
                Imported.shared(Imported.CHECKOUT, ServiceType.CLUSTER_SET_IP, Imported.ports(80, 81), Imported.WEST));
        // Then, and several ports have names
        until("both ports", () -> service().orElseThrow().getSpec().getPorts().size() == 2);
        assertThat(service().orElseThrow().getSpec().getPorts())
                .extracting(ServicePort::getName)
                .containsExactly("port-80", "port-81");
        assertThat(ips()).isEqualTo(before);
        // When
        known = Imported.known();
        // Then
        until("nothing of it", () -> service().isEmpty() && told.isEmpty());
    }

    @Test
    void whatIsNotKnownTakesNoAddressAway() {
        // Given
        hasAddresses();
        List<String> before = ips();
        // When
        known = Optional.empty();
        imports.look();
        derived.look();
        known = Optional.of(new ImportNews.Known(List.of(), false));
        imports.look();
        derived.look();
        // Then
        assertThat(ips()).isEqualTo(before);
        assertThat(service()).isPresent();
        assertThat(told).hasSize(1);
    }

    @Test
    void oneThatSomebodyDeletedComesWithItsAddressesAgainAndWithoutWhereTheyAreTaken() {
        // Given
        hasAddresses();
        List<String> before = ips();
        String uid = service().orElseThrow().getMetadata().getUid();
        // When
        API.client().services().inNamespace("shop").withName(DERIVED).delete();
        // Then
        until(
                "another one",
                () -> !service().orElseThrow().getMetadata().getUid().equals(uid));
        assertThat(service().orElseThrow().getSpec().getClusterIPs()).isEqualTo(before);
        assertThat(ips()).isEqualTo(before);
        // When somebody else has the address
        API.isTaken(before.getFirst());
        API.client().services().inNamespace("shop").withName(DERIVED).delete();
        // Then it has another, and the import says so
        until(
                "another address",
                () -> !ips().equals(before) && !told.getFirst().addresses().isEmpty());
        assertThat(ips()).isEqualTo(service().orElseThrow().getSpec().getClusterIPs());
    }

    @Test
    void afterARestartTheAddressesOfBeforeAreAskedFor() {
        // Given a controller that knows addresses, and an API server that lost the rest
        derived.close();
        imports.close();
        var before = new ServiceAddresses(Imported.CHECKOUT, List.of(InetAddress.ofLiteral("10.96.7.7")));
        startWith(List.of(before));
        // When
        hasAddresses();
        // Then
        assertThat(ips()).containsExactly("10.96.7.7");
        assertThat(service().orElseThrow().getSpec().getClusterIP()).isEqualTo("10.96.7.7");
    }

    @Test
    void whatOthersMakeOfItIsPutRightAndAServiceOfSomebodyElseIsLeftAlone() {
        // Given
        hasAddresses();
        List<String> before = ips();
        String uid = service().orElseThrow().getMetadata().getUid();
        // When somebody leads its callers elsewhere
        Service bent = service().orElseThrow();
        bent.getSpec().setSelector(Map.of("app", "mine"));
        API.client().resource(bent).update();
        // Then it is made anew, for endpoints that were made of it would stay otherwise
        until(
                "another one",
                () -> !service().orElseThrow().getMetadata().getUid().equals(uid));
        assertThat(service().orElseThrow().getSpec().getSelector()).isNullOrEmpty();
        assertThat(service().orElseThrow().getSpec().getClusterIPs()).isEqualTo(before);
        // When somebody changes its ports
        Service changed = service().orElseThrow();
        changed.getSpec().getPorts().getFirst().setPort(99);
        changed.getMetadata().getLabels().put("tracked-by", "argo");
        API.client().resource(changed).update();
        // Then they are put right, and what else was added stays
        until(
                "its port",
                () -> service().orElseThrow().getSpec().getPorts().getFirst().getPort() == 80);
        assertThat(service().orElseThrow().getMetadata().getLabels()).containsEntry("tracked-by", "argo");
    }

    @Test
    void whoWantsNoAddressesAnyMoreTakesThemAway() {
        // Given
        hasAddresses();
        derived.close();
        imports.close();
        // When
        imports = new KubeImports(API.client(), () -> known, Optional.empty(), TestApi.ample(), InstantSource.system());
        imports.start();
        // Then
        until("an import without address", () -> ips().isEmpty());
        assertThat(json().at("/metadata/annotations").has("multicluster.kubernetes.io/derived-service"))
                .isFalse();
    }

    private static Service foreign(Map<String, String> labels) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(DERIVED)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", "mine"))
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServiceOfItsNameThatSomebodyElseMadeIsLeftAloneAndNotAskedAboutAllTheTime(boolean isLabelled) {
        // Given
        Map<String, String> labels = isLabelled ? Map.of("app.kubernetes.io/managed-by", "tombolo") : Map.of();
        Service foreign = API.client().resource(foreign(labels)).create();
        // When
        known = Imported.known(Imported.checkout(ServiceType.CLUSTER_SET_IP, Imported.WEST));
        until(
                "the import",
                () -> json().at("/status/conditions/0/message").asText().contains("no address"));
        derived.look();
        int asked = API.requests();
        for (int i = 0; i < 3; i++) {
            derived.look();
        }
        // Then
        assertThat(API.requests()).isEqualTo(asked);
        assertThat(service().orElseThrow().getSpec()).isEqualTo(foreign.getSpec());
        assertThat(ips()).isEmpty();
        assertThat(told).isEmpty();
        // When it goes
        API.client().resource(foreign).delete();
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        // Then
        until("addresses", () -> !ips().isEmpty());
    }

    /** Another Service may get its address: who calls that one must not come here. */
    @Test
    void anAddressThatWasItsIsNoMoreOnceSomebodyElseStandsWhereItWas() {
        // Given
        hasAddresses();
        // When
        Awaitility.await("somebody else's").ignoreExceptions().until(() -> {
            API.client().services().inNamespace("shop").withName(DERIVED).delete();
            return API.client().resource(foreign(Map.of())).create() != null;
        });
        // Then
        until("no addresses", () -> told.isEmpty() && ips().isEmpty());
        assertThat(json().at("/metadata/annotations").has("multicluster.kubernetes.io/derived-service"))
                .isFalse();
    }

    @Test
    void anAddressEndsWhereTheApiServerRefusesItAndIsAskedForAgainLater() {
        // Given
        hasAddresses();
        List<String> before = ips();
        // When
        API.refusesServices(403);
        API.client().services().inNamespace("shop").withName(DERIVED).delete();
        // Then
        until("no addresses", () -> told.isEmpty() && ips().isEmpty());
        assertThat(derived.warnings()).isNotEmpty();
        // When it is allowed again
        API.refusesServices(0);
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        // Then
        until("the same", () -> ips().equals(before));
        assertThat(told).isNotEmpty();
    }

    @Test
    void anAddressStaysWhileTheApiServerCannotBeAsked() {
        // Given
        hasAddresses();
        List<String> before = ips();
        List<ServiceAddresses> known = List.copyOf(told);
        // When
        API.refusesServices(503);
        API.client().services().inNamespace("shop").withName(DERIVED).delete();
        until("trouble", () -> !derived.warnings().isEmpty());
        derived.look();
        imports.look();
        // Then
        assertThat(told).isEqualTo(known);
        assertThat(ips()).isEqualTo(before);
        // When it answers again
        API.refusesServices(0);
        // Then
        until("another one", () -> service().isPresent());
        assertThat(told).isEqualTo(known);
    }

    @Test
    void oneThatIsBentHasNoAddressUntilItIsGoneAndIsDeletedOnce() {
        // Given
        hasAddresses();
        List<String> before = ips();
        // When somebody leads its callers elsewhere, and holds it
        API.client()
                .services()
                .inNamespace("shop")
                .withName(DERIVED)
                .edit(service -> new ServiceBuilder(service)
                        .editMetadata()
                        .withFinalizers("example.org/held")
                        .endMetadata()
                        .editSpec()
                        .withSelector(Map.of("app", "mine"))
                        .endSpec()
                        .build());
        // Then
        until("no addresses", () -> told.isEmpty() && ips().isEmpty() && goes());
        derived.look();
        int asked = API.requests();
        for (int i = 0; i < 3; i++) {
            derived.look();
        }
        assertThat(API.requests()).isEqualTo(asked);
        // When it is let go
        API.client()
                .services()
                .inNamespace("shop")
                .withName(DERIVED)
                .edit(service -> new ServiceBuilder(service)
                        .editMetadata()
                        .withFinalizers(List.of())
                        .endMetadata()
                        .build());
        // Then
        until("the same", () -> ips().equals(before) && !goes());
    }

    private static SharedService ofPorts(String name, int... ports) {
        return Imported.shared(
                new ServiceName("shop", name), ServiceType.CLUSTER_SET_IP, Imported.ports(ports), Imported.WEST);
    }

    /** Whatever other clusters export, pods of the namespace start. */
    @Test
    void manyImportsHaveAddressesUpToTheLimitsAndTheOthersSayWhichLimitThatIs() {
        // Given
        hasAddresses();
        List<String> before = ips();
        SharedService checkout = ofPorts("checkout", 80);
        // When one has more ports than there is room for, and of two others one would be too many
        known = Imported.known(ofPorts("a-wide-one", 1, 2, 3, 4, 5), ofPorts("b", 80), checkout);
        until("an address", () -> message("b").contains("at its addresses"));
        known = Imported.known(ofPorts("a-wide-one", 1, 2, 3, 4, 5), ofPorts("a", 80), ofPorts("b", 80), checkout);
        // Then who had an address keeps it
        until(
                "what is said",
                () -> message("a-wide-one").contains("controller.kubernetes.max-namespace-ports")
                        && message("a").contains("controller.kubernetes.max-addresses"));
        assertThat(told).extracting(one -> one.service().name()).containsExactly("b", "checkout");
        assertThat(ips()).isEqualTo(before);
        // When one goes
        known = Imported.known(ofPorts("a", 80), checkout);
        // Then there is room for another
        until("another address", () -> message("a").contains("at its addresses"));
    }

    private static String message(String name) {
        return ImportStanding.of(API.client()
                        .genericKubernetesResources(ImportObject.KIND)
                        .inNamespace("shop")
                        .withName(name)
                        .get())
                .conditions()
                .written()
                .getFirst()
                .condition()
                .message();
    }

    private boolean goes() {
        return service().orElseThrow().getMetadata().getDeletionTimestamp() != null;
    }

    @Test
    void aServiceThatOnlyLooksLikeOneOfOursIsLeftAlone() {
        // Given
        var other = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("till")
                .addToLabels("app.kubernetes.io/managed-by", "tombolo")
                .addToLabels("multicluster.kubernetes.io/service-name", "checkout")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        API.client().resource(other).create();
        // When
        hasAddresses();
        // Then
        assertThat(API.client().services().inNamespace("shop").withName("till").get())
                .isNotNull();
        assertThat(told).extracting(ServiceAddresses::service).containsExactly(new ServiceName("shop", "checkout"));
    }
}
