package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceTraits.Distribution;
import io.tombolo.model.catalog.ServiceTraits.InternalTraffic;
import io.tombolo.wire.log.ExportedService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What an export says of itself beside its ports. */
class TraitsCodecTest {
    private static ExportedService wire(ServiceTraits traits) {
        var wire = ExportedService.newBuilder();
        TraitsCodec.put(wire, traits);
        return wire.build();
    }

    @Test
    void whatIsWrittenReadsBack() {
        for (Distribution wish : Distribution.values()) {
            var traits = new ServiceTraits(
                    OptionalInt.of(10_800),
                    InternalTraffic.LOCAL,
                    Optional.of(wish),
                    List.of(
                            new OtherPort(53, "dns", OtherPort.Transport.UDP),
                            new OtherPort(42, "", OtherPort.Transport.SCTP)));
            assertThat(TraitsCodec.toModel("x", wire(traits))).isEqualTo(traits);
        }
    }

    @Test
    void whoSaysNothingWritesNothing() {
        assertThat(wire(ServiceTraits.NONE).getSerializedSize()).isZero();
        assertThat(TraitsCodec.toModel("x", ExportedService.getDefaultInstance()))
                .isEqualTo(ServiceTraits.NONE);
    }

    @Test
    void whatOnlyANewerVersionKnowsIsNoWishAndNoRestriction() {
        ExportedService newer = ExportedService.newBuilder()
                .setInternalTrafficPolicy("Galaxy")
                .setTrafficDistribution("PreferCheap")
                .addOtherPorts(
                        io.tombolo.wire.log.OtherPort.newBuilder().setPort(1).setTransport("QUIC"))
                .build();
        assertThat(TraitsCodec.toModel("x", newer)).isEqualTo(ServiceTraits.NONE);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> TraitsCodec.toModel(
                        "x",
                        ExportedService.newBuilder().setAffinitySeconds(86_401).build()))
                .hasMessageContaining("1 to 86400 s");
        var twice = io.tombolo.wire.log.OtherPort.newBuilder().setPort(53).setTransport("UDP");
        assertThatThrownBy(() -> TraitsCodec.toModel(
                        "x",
                        ExportedService.newBuilder()
                                .addOtherPorts(twice)
                                .addOtherPorts(twice)
                                .build()))
                .hasMessageContaining("each port and name once");
        assertThatThrownBy(() -> TraitsCodec.toModel(
                        "x",
                        ExportedService.newBuilder()
                                .addOtherPorts(io.tombolo.wire.log.OtherPort.newBuilder()
                                        .setTransport("UDP"))
                                .build()))
                .hasMessageContaining("port");
    }
}
