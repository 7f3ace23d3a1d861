package io.tombolo.dataplane.relay;

import io.netty.channel.Channel;

/** What an exchange becomes when both sides switched protocols: bytes, counted while it lasts and told of when it has ended. */
record Tunnel(Hop hop, Tally tally, int attempts) {
    void start(Channel client, Channel upstream) {
        RelayMeter.Running meter = hop.tunnel();
        meter.started(Relay.start(client, upstream, hop.tunnelLimits(), end -> ended(meter, end)));
    }

    private void ended(RelayMeter.Running meter, RelayEnd end) {
        tally.tunnelled(end, meter.rest(end));
        hop.ended(tally.ended(ExchangeEnd.How.COMPLETE, attempts));
    }
}
