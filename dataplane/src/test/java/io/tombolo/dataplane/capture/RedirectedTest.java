package io.tombolo.dataplane.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedirectedTest {
    private static final Callee CHECKOUT = new Callee.Anyone(new ServiceName("shop", "checkout"));
    private static final InetSocketAddress LISTENER = at("127.0.0.1", 15_002);

    private final Loops loops = Loops.open(1);

    @AfterEach
    void end() {
        loops.close();
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private Redirected decide(Optional<InetSocketAddress> original, boolean ownDial) {
        VirtualAddresses services =
                address -> address.getHostAddress().equals("10.96.0.10") ? Optional.of(CHECKOUT) : Optional.empty();
        return Redirected.decide(original, LISTENER, ownDial, loops.listeners(), services);
    }

    private Fault fault(Optional<InetSocketAddress> original, boolean ownDial) {
        return ((Redirected.Refused) decide(original, ownDial)).why().fault();
    }

    @Test
    void anAddressOfAServiceIsThatServiceOnTheSamePort() {
        assertThat(decide(Optional.of(at("10.96.0.10", 80)), false))
                .isEqualTo(new Redirected.ToService(CHECKOUT.at(80)));
    }

    @Test
    void anyOtherAddressIsLeftAsItIs() {
        assertThat(decide(Optional.of(at("10.96.0.11", 80)), false))
                .isEqualTo(new Redirected.Away(at("10.96.0.11", 80)));
        assertThat(decide(Optional.of(at("fd77::2", 80)), false)).isEqualTo(new Redirected.Away(at("fd77::2", 80)));
    }

    @Test
    void whoWasNotRedirectedIsRefused() {
        assertThat(fault(Optional.empty(), false)).isEqualTo(Fault.NOT_REDIRECTED);
        assertThat(fault(Optional.of(LISTENER), false)).isEqualTo(Fault.NOT_REDIRECTED);
    }

    @Test
    void whatWouldComeBackIsRefusedEvenForAService() {
        // Given
        var listener = LocalListener.bind(loops, at("127.0.0.1", 0), false, 1, new Metrics(), channel -> {});
        // Then
        assertThat(fault(Optional.of(listener.address()), false)).isEqualTo(Fault.RELAY_LOOP);
        assertThat(fault(Optional.of(at("10.96.0.10", 80)), true)).isEqualTo(Fault.RELAY_LOOP);
        listener.close();
    }

    @Test
    void anAddressForServicesThatNoneHasIsNoPlaceOutside() {
        assertThat(fault(Optional.of(at("127.100.0.1", 80)), false)).isEqualTo(Fault.NO_SUCH_SERVICE);
    }
}
