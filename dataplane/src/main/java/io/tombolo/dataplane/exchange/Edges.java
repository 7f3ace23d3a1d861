package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AttributeKey;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.pick.Picked;
import io.tombolo.dataplane.relay.RelayMeter;
import io.tombolo.dataplane.traffic.Edge;
import io.tombolo.dataplane.traffic.Traffic;
import io.tombolo.dataplane.traffic.Way;
import io.tombolo.dataplane.traffic.Way.Called;
import io.tombolo.dataplane.traffic.Way.Direction;
import io.tombolo.dataplane.traffic.Way.Peer;
import io.tombolo.dataplane.upstream.Dialled;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From what a walk knows to where it counts. An edge is found once per connection, and stays with it. One loop's. */
final class Edges {
    private static final AttributeKey<Edge> KEY = AttributeKey.valueOf(Edges.class, "edge");

    /** RFC 9110 §15.2.2. */
    private static final int SWITCHED = 101;

    private final Traffic.Loop traffic;
    private final Peer self;
    private final RelayMeter meter;

    Edges(EventLoop loop, Traffic traffic, Party self) {
        this.meter = new RelayMeter(loop);
        this.traffic = traffic.loop();
        this.self = new Peer(self.cluster(), self.namespace(), self.workload());
    }

    /** For a TCP connection that is about to be relayed that way. */
    RelayMeter.Running meter(Edge edge) {
        return meter.meter(edge::tcpMoved);
    }

    /** For a tunnel made by Upgrade that is about to begin on that way. */
    RelayMeter.Running tunnel(Edge edge) {
        return meter.meter((sent, got) -> edge.requestMoved(SWITCHED, sent, got));
    }

    /** Of a mesh connection of which {@link #opened} was told; null for another one. */
    static @Nullable Edge of(Channel channel) {
        return channel.attr(KEY).get();
    }

    /** To who proved to be there. Counts the connection when it is new. */
    Edge to(Dialled dialled) {
        Edge known = of(dialled.channel());
        SpiffeId server = dialled.server();
        return known != null
                ? known
                : opened(
                        dialled.channel(),
                        outbound(
                                new Peer(dialled.endpoint().cluster().value(), "", server.account()),
                                called(dialled.endpoint().port())));
    }

    /** To who was picked, of whom nothing was heard: the catalog says who answers there, if that can be one workload only. */
    Edge to(Picked picked) {
        List<String> accounts =
                picked.serverIds().stream().map(SpiffeId::account).distinct().toList();
        String workload = accounts.size() == 1 ? accounts.getFirst() : "";
        return outbound(
                new Peer(picked.endpoint().cluster().value(), "", workload),
                called(picked.endpoint().port()));
    }

    /** To nobody: nothing was picked for what was called, if that is a service at all. */
    Edge to(Optional<ServicePort> port) {
        return outbound(Peer.NOBODY, port.map(Edges::called).orElse(Called.NOTHING));
    }

    /** From who proved to call, to the application here. Counts the connection. */
    Edge from(Channel channel, Party caller, ServicePort port) {
        Peer source = new Peer(caller.cluster(), caller.namespace(), caller.workload());
        return opened(channel, traffic.edge(new Way(Direction.INBOUND, source, self, called(port))));
    }

    private Edge outbound(Peer to, Called called) {
        return traffic.edge(new Way(Direction.OUTBOUND, self, to, called));
    }

    private static Edge opened(Channel channel, Edge edge) {
        channel.attr(KEY).set(edge);
        edge.connected();
        channel.closeFuture().addListener(closed -> edge.disconnected());
        return edge;
    }

    private static Called called(ServicePort port) {
        return new Called(port.service().namespace(), port.service().name(), port.port());
    }
}
