package io.tombolo.dataplane.loop;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;

/**
 * The first handler of a connection to an address that another cluster, or a resource, named. It sees the address that the operating system
 * is about to connect to, after a name was resolved: a name that leads elsewhere at the second look leads nowhere. One per
 * connection; on its loop.
 */
public final class AddressGate extends ChannelOutboundHandlerAdapter {
    private final HostPort named;
    private final Optional<AddressRules> rules;
    private final String fix;

    /** @param rules of the controller; empty = it said none: then a name gets the strict ones, and it vouches for addresses */
    public AddressGate(HostPort named, Optional<AddressRules> rules) {
        this(
                named,
                rules,
                "the other cluster must advertise its gateway at an address that can be reached from outside; see"
                        + " controller.allow-loopback-gateways and controller.denied-gateway-ranges");
    }

    private AddressGate(HostPort named, Optional<AddressRules> rules, String fix) {
        this.named = named;
        this.rules = rules;
        this.fix = fix;
    }

    /** For a workload of the own cluster that a resource named. */
    public static AddressGate ofEndpoint(HostPort named, AddressRules rules) {
        return new AddressGate(
                named,
                Optional.of(rules),
                "write an address of the workload itself into spec.endpoints; see controller.allow-loopback-gateways");
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        Optional<String> refusal = remote instanceof InetSocketAddress inet && !inet.isUnresolved()
                ? refusal(inet)
                : Optional.of("not resolved");
        if (refusal.isPresent()) {
            promise.setFailure(refused(remote, refusal.get()));
        } else {
            context.connect(remote, local, promise);
        }
    }

    private Optional<String> refusal(InetSocketAddress remote) {
        return rules.or(() ->
                        AddressRules.isLiteral(named.host()) ? Optional.empty() : Optional.of(AddressRules.STRICT))
                .flatMap(known -> known.refusal(remote.getAddress()));
    }

    private TomboloException refused(SocketAddress remote, String why) {
        return new TomboloException(
                Fault.ADDRESS_REFUSED, "address " + named, "leads to " + remote + ", which is " + why, fix);
    }
}
