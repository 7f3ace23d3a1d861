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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalServicesTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final TrustDomain WEST = new TrustDomain("west.demo.tombolo");
    private static final ExportedPort HTTP = new ExportedPort(80, "", AppProtocol.HTTP);
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

    private static ExportedService exported(LocalServices services) {
        return services.find(CHECKOUT).orElseThrow().exported(WEST).orElseThrow();
    }

    private static LocalServices services(
            List<StoredResource> resources, List<LiveProxy> proxies, Map<ServiceName, List<ExportedPort>> known) {
        return LocalServices.of(resources, proxies, known);
    }

    private static StoredResource export(String spec) {
        ParsedResource parsed = ResourceReader.read(
                        "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: shop}\n"
                                + spec)
                .getFirst();
        return new StoredResource(parsed.key(), parsed.spec(), parsed.specJson(), 1, NOW, "api");
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
                InstanceState.READY,
                "test",
                true,
                0);
    }
}
