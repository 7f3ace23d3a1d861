package io.tombolo.controller.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.name.TrustDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyRoleTest {
    @Test
    void twoAccountsOfTheMeshsOwnNamespaceHaveARole() {
        assertThat(ProxyRole.of("tombolo-system", "gateway")).isEqualTo(new ProxyRole.Gateway());
        assertThat(ProxyRole.of("tombolo-system", "dns")).isEqualTo(new ProxyRole.Names());
        assertThat(ProxyRole.of("shop", "dns")).isEqualTo(new ProxyRole.Workload("shop", "dns"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"controller", "default", "dns2", "gateways"})
    void nobodyElseThereGetsAnIdentity(String account) {
        assertThatThrownBy(() -> ProxyRole.of("tombolo-system", account)).hasMessageContaining("TB-5006");
    }

    @Test
    void whatAnswersForNamesIsKnownByItsAccount() {
        assertThat(new ProxyRole.Names().idIn(new TrustDomain("west.demo.tombolo")))
                .hasToString("spiffe://west.demo.tombolo/ns/tombolo-system/sa/dns");
    }
}
