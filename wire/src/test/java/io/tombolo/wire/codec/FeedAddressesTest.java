package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.feed.Entry;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeedAddressesTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");

    private static Entry with(String... addresses) {
        return bytes(Stream.of(addresses)
                .map(text -> InetAddress.ofLiteral(text).getAddress())
                .toArray(byte[][]::new));
    }

    private static Entry bytes(byte[]... addresses) {
        return Entry.newBuilder()
                .setKey("addresses/shop/checkout")
                .setAddresses(io.tombolo.wire.feed.ServiceAddresses.newBuilder()
                        .setNamespace("shop")
                        .setName("checkout")
                        .addAllAddresses(
                                Stream.of(addresses).map(ByteString::copyFrom).toList()))
                .build();
    }

    @Test
    void oneAddressOfEachFamilyReadsBackInItsOrder() {
        for (Entry wire : List.of(with("10.96.0.7"), with("fd00::7"), with("fd00::7", "10.96.0.7"))) {
            FeedEntry read = FeedCodec.toModel(wire);
            assertThat(FeedCodec.toWire(read)).isEqualTo(wire);
        }
        assertThat(FeedCodec.toModel(with("fd00::7", "10.96.0.7")))
                .isEqualTo(new FeedEntry.Addresses(new ServiceAddresses(
                        CHECKOUT, List.of(InetAddress.ofLiteral("fd00::7"), InetAddress.ofLiteral("10.96.0.7")))));
    }

    @Test
    void whatCannotBeTheAddressesOfAServiceIsRefused() {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = -1;
        mapped[12] = 10;
        List<Entry> wrong = List.of(
                with(),
                with("10.96.0.7", "10.96.0.8"),
                with("10.96.0.7", "fd00::7", "10.96.0.8"),
                with("127.0.0.1"),
                with("169.254.1.1"),
                with("224.0.0.1"),
                with("0.0.0.0"),
                with("::1"),
                bytes(new byte[5]),
                bytes(mapped));
        for (Entry wire : wrong) {
            assertThatThrownBy(() -> FeedCodec.toModel(wire)).isInstanceOf(TomboloException.class);
        }
    }
}
