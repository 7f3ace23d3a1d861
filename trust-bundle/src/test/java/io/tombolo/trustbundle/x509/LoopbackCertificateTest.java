package io.tombolo.trustbundle.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackCertificateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void itBeginsAMinuteAgoAndLastsThirtyDays() {
        var certificate = LoopbackCertificate.generate(NOW).certificate();
        assertThat(certificate.getNotBefore()).isEqualTo(NOW.minus(Duration.ofMinutes(1)));
        assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void itIsForLocalhostAndSignedByItself() throws Exception {
        for (var own : List.of(LoopbackCertificate.generate(NOW), LoopbackCertificate.generateOnP521(NOW))) {
            assertThat(own.certificate().getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"));
            assertThatNoException()
                    .isThrownBy(() -> own.certificate().verify(own.certificate().getPublicKey()));
        }
    }

    @Test
    void noTwoHaveTheSameKeyOrNumber() {
        var one = LoopbackCertificate.generate(NOW).certificate();
        var other = LoopbackCertificate.generate(NOW).certificate();
        assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
        assertThat(one.getSerialNumber()).isNotEqualTo(other.getSerialNumber());
    }
}
