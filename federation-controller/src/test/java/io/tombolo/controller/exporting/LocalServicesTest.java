package io.tombolo.controller.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.OfferedPort;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LocalServicesTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final TrustDomain WEST = new TrustDomain("west.demo.tombolo");
    private static final ExportedPort HTTP = new ExportedPort(80, "", AppProtocol.HTTP);
    private static final Ed25519PublicKey KEY = Ed25519Key.generate().publicKey();
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void anExportWithoutPortsTakesThoseOfLiveOffers() {
        LocalServices services = services(List.of(export("")), List.of(sidecar("shop", "checkout")), Map.of());
        assertThat(exported(services).ports()).containsExactly(HTTP);
        assertThat(exported(services).serverIds()).hasToString("[spiffe://west.demo.tombolo/ns/shop/sa/checkout]");
    }

    @Test
    void portsStayWhenAllSidecarsAreGone() {
        LocalServices services = services(List.of(export("")), List.of(), Map.of(CHECKOUT, List.of(HTTP)));
        assertThat(exported(services).ports()).containsExactly(HTTP);
    }

    @Test
    void anExportWithoutAnyPortIsNotPublished() {
        LocalServices services = services(List.of(export("")), List.of(), Map.of());
        assertThat(services.find(CHECKOUT).orElseThrow().exported(WEST)).isEmpty();
    }

    @Test
    void anOfferOfAnotherAccountCountsForNothing() {
        LocalServices services = services(List.of(export("")), List.of(sidecar("shop", "thief")), Map.of());
        assertThat(services.find(CHECKOUT).orElseThrow().instances()).isEmpty();
    }

    @Test
    void anOfferOfAnotherNamespaceCountsForNothing() {
        LocalServices services = services(List.of(export("")), List.of(sidecar("bank", "checkout")), Map.of());
        assertThat(services.find(CHECKOUT).orElseThrow().instances()).isEmpty();
    }

    @Test
    void anOfferUnderItsOwnNameIsAServiceOfTheClusterButNoExport() {
        LocalService service = services(List.of(), List.of(sidecar("shop", "checkout")), Map.of())
                .find(CHECKOUT)
                .orElseThrow();
        assertThat(service.instances()).hasSize(1);
        assertThat(service.exported(WEST)).isEmpty();
    }

    @Test
    void otherAccountsMayAnswerWhenTheExportSaysSo() {
        LocalServices services =
                services(List.of(export("spec: {serverAccounts: [web]}")), List.of(sidecar("shop", "web")), Map.of());
        assertThat(services.find(CHECKOUT).orElseThrow().instances()).hasSize(1);
    }

    @Test
    void whatServesItHearsOfItsFurtherHostnamesAndNobodyMayClaimAServicesName() {
        // Given
        LocalServices services = services(
                List.of(export("spec: {hostnames: [shop.example.com, pay.example.com]}")), List.of(), Map.of());
        // Then
        assertThat(services.find(CHECKOUT).orElseThrow().served(WEST).hostnames())
                .containsExactlyInAnyOrder(new Hostname("shop.example.com"), new Hostname("pay.example.com"));
        for (String bad :
                List.of("cart.shop.svc.clusterset.local", "clusterset.local", "Shop.example.com", "a..b", "*.b")) {
            assertThatThrownBy(() -> export("spec: {hostnames: ['" + bad + "']}"))
                    .as(bad)
                    .hasMessageContaining("spec.hostnames[0]");
        }
    }

    @Test
    void madeOfTheOnesBeforeTheyAreTheOnesMadeAnewAndWhatDidNotChangeIsTheSameObject() {
        for (int seed = 0; seed < 30; seed++) {
            // Given
            var random = new Random(seed);
            List<StoredResource> resources = new ArrayList<>();
            List<LiveProxy> proxies = new ArrayList<>();
            Map<ServiceName, List<ExportedPort>> known = new HashMap<>();
            LocalServices kept = services(List.of(), List.of(), Map.of());
            for (int step = 0; step < 40; step++) {
                // When
                change(random, resources, proxies, known);
                LocalServices before = kept;
                kept = kept.next(List.copyOf(resources), List.copyOf(proxies), Map.copyOf(known));
                // Then
                LocalServices anew = services(resources, proxies, known);
                assertThat(kept.all()).as("seed %d, step %d", seed, step).isEqualTo(anew.all());
                anew.all()
                        .forEach(
                                service -> assertThat(anew.find(service.name())).contains(service));
                for (LocalService service : kept.all()) {
                    assertThat(kept.find(service.name())).containsSame(service);
                    before.find(service.name())
                            .filter(service::equals)
                            .ifPresent(same -> assertThat(same).isSameAs(service));
                }
                assertDifferences(before, kept);
            }
        }
    }

    /** Whoever takes back what is gone and adds what has come has all. */
    private static void assertDifferences(LocalServices before, LocalServices now) {
        List<LocalService> all = new ArrayList<>(before.all());
        now.differences(before, gone -> assertThat(all.remove(gone)).isTrue(), all::add);
        assertThat(all).containsExactlyInAnyOrderElementsOf(now.all());
    }

    private static void change(
            Random random,
            List<StoredResource> resources,
            List<LiveProxy> proxies,
            Map<ServiceName, List<ExportedPort>> known) {
        String name = "s" + random.nextInt(5);
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                resources.removeIf(each -> each.key().name().name().equals(name));
                resources.add(resource("ServiceExport", name, "annotations: {said: '" + random.nextInt(3) + "'}"));
            }
            case 2 -> resources.removeIf(each -> each.key().name().name().equals(name));
            case 3 -> {
                proxies.removeIf(
                        each -> each.offers().getFirst().service().name().equals(name));
                if (random.nextBoolean()) {
                    proxies.add(sidecar(name, random.nextInt(3)));
                }
            }
            default -> known.put(new ServiceName("shop", name), random.nextBoolean() ? List.of(HTTP) : List.of());
        }
    }

    private static ExportedService exported(LocalServices services) {
        return services.find(CHECKOUT).orElseThrow().exported(WEST).orElseThrow();
    }

    private static LocalServices services(
            List<StoredResource> resources, List<LiveProxy> proxies, Map<ServiceName, List<ExportedPort>> known) {
        return LocalServices.of(resources, proxies, known);
    }

    private static StoredResource export(String spec) {
        return resource(
                "ServiceExport", "checkout", spec.startsWith("spec: {") ? spec.substring(7, spec.length() - 1) : spec);
    }

    private static StoredResource resource(String kind, String name, String spec) {
        ParsedResource parsed = ResourceReader.read("apiVersion: tombolo.io/v1\nkind: " + kind + "\nmetadata: {name: "
                        + name + ", namespace: shop}\nspec: {" + spec + "}")
                .getFirst();
        return new StoredResource(parsed.key(), parsed.spec(), parsed.specJson(), 1, NOW, "api");
    }

    private static LiveProxy sidecar(String name, int weight) {
        var registration = new Registration(KEY, new ProxyRole.Workload("shop", name), InstanceId.of(7), NOW);
        return new LiveProxy(
                registration,
                List.of(),
                List.of(new OfferedPort(new ServiceName("shop", name), HTTP)),
                "",
                100 + weight,
                Optional.empty(),
                InstanceState.READY,
                "test",
                true,
                0);
    }

    private static LiveProxy sidecar(String namespace, String account) {
        var registration = new Registration(
                Ed25519Key.generate().publicKey(), new ProxyRole.Workload(namespace, account), InstanceId.of(7), NOW);
        return new LiveProxy(
                registration,
                List.of(new HostPort("127.0.0.1", 15006)),
                List.of(new OfferedPort(CHECKOUT, HTTP)),
                "",
                100,
                Optional.empty(),
                InstanceState.READY,
                "test",
                true,
                0);
    }
}
