package io.tombolo.dataplane.exchange;

import io.netty.channel.Channel;
import io.tombolo.dataplane.http1.RequestRule;
import io.tombolo.dataplane.protocol.HttpVersionPeek;
import io.tombolo.dataplane.relay.ClientSide;
import io.tombolo.dataplane.relay.Complaints;
import io.tombolo.dataplane.relay.Hop;
import io.tombolo.dataplane.relay.Http2Side;
import io.tombolo.dataplane.upstream.HttpSettings;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.Alpn;
import java.util.function.Supplier;

/** Speaks the version of HTTP with which the client of a connection began. */
record Peeked(Channel channel, HttpSettings http, RequestRule rule, Supplier<Hop> hops, Complaints complaints)
        implements HttpVersionPeek.Watch {
    @Override
    public void found(Alpn version) {
        if (version == Alpn.H2) {
            Http2Side.on(channel, http, rule, hops, complaints);
        } else {
            ClientSide.on(channel, http, rule, hops, complaints);
        }
    }

    @Override
    public void idled() {
        complaints.idled();
    }

    @Override
    public void tooSlow() {
        complaints.fault(Fault.BAD_HTTP_HEAD);
    }
}
