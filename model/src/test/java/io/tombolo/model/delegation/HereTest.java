package io.tombolo.model.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HereTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final SpiffeId GATEWAY = SpiffeId.gateway(new TrustDomain("west.demo.tombolo"));
    private static final InstanceId PROCESS = InstanceId.of(1);
    private static final Sni.Service TARGET = target("checkout", 80, "west", "demo");
    private static final Challenge CHALLENGE = new Challenge(new Nonce("ab".repeat(32)), InstanceId.of(2));
    private static final Here HERE = new Here(GATEWAY, PROCESS, TARGET, CHALLENGE, Set.of(Alpn.H2, Alpn.HTTP_1_1));

    private static Sni.Service target(String service, int port, String cluster, String federation) {
        return Sni.Service.any(
                new ServicePort(new ServiceName("shop", service), port),
                new ClusterId(cluster),
                new FederationName(federation));
    }

    private static Delegation until(Instant end) {
        return new Delegation(GATEWAY, PROCESS, TARGET, CHALLENGE, Alpn.H2, end);
    }

    @Test
    void whatWasSaidForHereAndNowIsLetThrough() {
        assertThatCode(() -> HERE.check(until(NOW.plusSeconds(1)), NOW)).doesNotThrowAnyException();
        assertThatCode(() -> HERE.check(until(NOW.plus(Delegation.LONGEST)), NOW))
                .doesNotThrowAnyException();
    }

    @Test
    void onePartThatIsAnotherOneIsEnoughForARefusal() {
        Instant end = NOW.plusSeconds(60);
        // Given
        List<Delegation> foreign = List.of(
                with(SpiffeId.gateway(new TrustDomain("east.demo.tombolo")), PROCESS, TARGET, CHALLENGE, Alpn.H2, end),
                with(SpiffeId.controller(GATEWAY.trustDomain()), PROCESS, TARGET, CHALLENGE, Alpn.H2, end),
                with(GATEWAY, InstanceId.of(9), TARGET, CHALLENGE, Alpn.H2, end),
                with(GATEWAY, PROCESS, target("payments", 80, "west", "demo"), CHALLENGE, Alpn.H2, end),
                with(GATEWAY, PROCESS, target("checkout", 81, "west", "demo"), CHALLENGE, Alpn.H2, end),
                with(GATEWAY, PROCESS, target("checkout", 80, "north", "demo"), CHALLENGE, Alpn.H2, end),
                with(GATEWAY, PROCESS, target("checkout", 80, "west", "other"), CHALLENGE, Alpn.H2, end),
                with(GATEWAY, PROCESS, TARGET, new Challenge(CHALLENGE.nonce(), InstanceId.of(3)), Alpn.H2, end),
                with(
                        GATEWAY,
                        PROCESS,
                        TARGET,
                        new Challenge(new Nonce("ab".repeat(31) + "aa"), CHALLENGE.instance()),
                        Alpn.H2,
                        end),
                with(GATEWAY, PROCESS, TARGET, CHALLENGE, Alpn.TOMBOLO_TCP, end));
        // Then
        assertThat(foreign).allSatisfy(said -> assertThat(fault(said, NOW)).isEqualTo(Fault.DELEGATION_REFUSED));
    }

    @Test
    void whatIsOverOrHoldsForTooLongIsRefusedForItsTime() {
        assertThat(fault(until(NOW), NOW)).isEqualTo(Fault.DELEGATION_EXPIRED);
        assertThat(fault(until(NOW.minusSeconds(1)), NOW)).isEqualTo(Fault.DELEGATION_EXPIRED);
        assertThat(fault(until(NOW.plus(Delegation.LONGEST).plusMillis(1)), NOW))
                .isEqualTo(Fault.DELEGATION_EXPIRED);
    }

    @Test
    void clocksMayBeOffByTwoMinutesInEitherDirection() {
        Duration off = Duration.ofMinutes(2);
        assertThatCode(() -> HERE.check(until(NOW.plus(off).plus(Delegation.USUAL)), NOW))
                .doesNotThrowAnyException();
        assertThatCode(() -> HERE.check(until(NOW.minus(off).plus(Delegation.USUAL)), NOW))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingOfTheMeshItselfCanBeDelegated() {
        for (Alpn alpn : List.of(Alpn.TOMBOLO_CTL, Alpn.TOMBOLO_FWD)) {
            assertThatThrownBy(() -> with(GATEWAY, PROCESS, TARGET, CHALLENGE, alpn, NOW))
                    .isInstanceOf(TomboloException.class);
        }
        assertThatThrownBy(() -> with(GATEWAY, PROCESS, TARGET.exactly(PROCESS), CHALLENGE, Alpn.H2, NOW))
                .isInstanceOf(TomboloException.class);
    }

    @Test
    void aNonceIs32BytesWrittenInOneWay() {
        assertThat(Nonce.of(new Nonce("0f".repeat(32)).bytes())).isEqualTo(new Nonce("0f".repeat(32)));
        for (String bad : List.of("", "0F".repeat(32), "0f".repeat(31), "0f".repeat(33), "zz".repeat(32))) {
            assertThatThrownBy(() -> new Nonce(bad)).isInstanceOf(TomboloException.class);
        }
    }

    private static Delegation with(
            SpiffeId gateway, InstanceId process, Sni.Service target, Challenge challenge, Alpn spoken, Instant end) {
        return new Delegation(gateway, process, target, challenge, spoken, end);
    }

    private static Fault fault(Delegation said, Instant now) {
        return catchThrowableOfType(TomboloException.class, () -> HERE.check(said, now))
                .fault();
    }
}
