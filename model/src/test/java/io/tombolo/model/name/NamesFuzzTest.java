package io.tombolo.model.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.outcome.OutcomeHeader;
import io.tombolo.testing.Fuzz;
import org.junit.jupiter.api.Test;

/** Names that strangers send are read to exactly the same again, or not at all. */
class NamesFuzzTest {
    private static final String[] SPICES = {
        ".", "-", "i-", "x-", "..", "tombolo", "/", "%", "\\x00", "A", "0", ":", ";", "=", "\\xe9"
    };

    @Test
    void aServerNameIsOneOfOursOrNone() {
        Fuzz.of(NamesFuzzTest.class, "server-name")
                .spicedWith(SPICES)
                .rounds(
                        20_000,
                        input -> Sni.parse(input.text())
                                .ifPresent(read -> assertThat(read).hasToString(input.text())));
    }

    @Test
    void aSpiffeIdIsReadToTheSameAgainOrNotAtAll() {
        Fuzz.of(NamesFuzzTest.class, "spiffe-id")
                .spicedWith(SPICES)
                .rounds(
                        20_000,
                        input -> SpiffeId.parse(input.text())
                                .ifPresent(read -> assertThat(read).hasToString(input.text())));
    }

    @Test
    void anOutcomeIsReadToTheSameAgainOrNotAtAll() {
        Fuzz.of(NamesFuzzTest.class, "outcome")
                .spicedWith(SPICES)
                .rounds(
                        20_000,
                        input -> OutcomeHeader.parse(input.text())
                                .ifPresent(read -> assertThat(OutcomeHeader.parse(read.text()))
                                        .contains(read)));
    }

    @Test
    void anAddressIsReadToTheSameAgainOrRefusedWithACode() {
        Fuzz.of(NamesFuzzTest.class, "address").spicedWith(SPICES).rounds(20_000, input -> {
            try {
                HostPort read = HostPort.parse(input.text());
                assertThat(HostPort.parse(read.toString())).isEqualTo(read);
            } catch (TomboloException refused) {
                assertThat(refused.fault().code()).startsWith("TB-");
            }
        });
    }
}
