package io.tombolo.dataplane.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressGateTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Loops loops = Loops.open(1);
    private ServerSocket inside;

    @BeforeEach
    void listen() throws IOException {
        inside = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        inside.close();
        loops.close();
    }

    /** The name looked harmless when the controller saw it; now its owner points it at this machine. */
    @Test
    void aNameThatIsResolvedToThisMachineIsNotDialled() throws Exception {
        for (Optional<AddressRules> rules : List.of(Optional.of(AddressRules.STRICT), Optional.<AddressRules>empty())) {
            // When
            ChannelFuture dialled = dials("gw.west.example", rules);
            // Then
            assertThat(dialled.cause())
                    .isInstanceOfSatisfying(
                            TomboloException.class,
                            refused -> assertThat(refused.fault()).isEqualTo(Fault.ADDRESS_REFUSED));
            assertThat(dialled.cause()).hasMessageContaining("gw.west.example").hasMessageContaining("loopback");
            assertThat(dialled.channel().closeFuture().await(SOON.toMillis())).isTrue();
        }
        inside.setSoTimeout(100);
        org.assertj.core.api.Assertions.assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void itIsDialledWhereTheOperatorAllowsIt() throws Exception {
        ChannelFuture dialled = dials("gw.west.example", Optional.of(new AddressRules(true)));
        assertThat(dialled.isSuccess()).isTrue();
        dialled.channel().close();
    }

    @Test
    void forAnAddressTheControllerVouchesIfItSaysNoRules() throws Exception {
        ChannelFuture dialled = dials("127.0.0.1", Optional.empty());
        assertThat(dialled.isSuccess()).isTrue();
        dialled.channel().close();
        assertThat(dials("127.0.0.1", Optional.of(AddressRules.STRICT)).cause()).hasMessageContaining("TB-2026");
    }

    private ChannelFuture dials(String host, Optional<AddressRules> rules) throws InterruptedException {
        var address = new HostPort(host, inside.getLocalPort());
        ChannelFuture dialled = loops.client(loops.next(), SOON)
                .resolver(new Everywhere())
                .handler(new AddressGate(address, rules))
                .connect(InetSocketAddress.createUnresolved(host, address.port()));
        assertThat(dialled.await(SOON.toMillis())).isTrue();
        return dialled;
    }

    /** A name server that says of every name that it is this machine. */
    private static final class Everywhere extends AddressResolverGroup<InetSocketAddress> {
        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new InetNameResolver(executor) {
                @Override
                protected void doResolve(String host, Promise<InetAddress> promise) throws IOException {
                    promise.setSuccess(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
                }

                @Override
                protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
                    promise.setFailure(new UnsupportedOperationException());
                }
            }.asAddressResolver();
        }
    }
}
