package io.tombolo.dataplane.identity;

import io.netty.channel.Channel;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open mesh connections of both directions, by trust domain. A feed update that evicts or revokes closes them. */
public final class LivePeers {
    private static final Logger LOG = LoggerFactory.getLogger(LivePeers.class);

    private final Map<TrustDomain, Map<Channel, VerifiedPeer>> open = new ConcurrentHashMap<>();
    private final CurrentConfig current;
    private final Metrics metrics;

    /** Listens to {@code current} from now on. */
    public LivePeers(CurrentConfig current, Metrics metrics) {
        this.current = current;
        this.metrics = metrics;
        current.listen((before, after) -> recheck(after));
    }

    /**
     * Remembers a connection until it closes.
     * @return false if the peer is not believed any more already; the connection is being closed then
     */
    public boolean add(Channel channel, VerifiedPeer peer) {
        Map<Channel, VerifiedPeer> peers =
                open.computeIfAbsent(peer.id().trustDomain(), domain -> new ConcurrentHashMap<>());
        peers.put(channel, peer);
        channel.closeFuture().addListener(closed -> peers.remove(channel));
        if (current.get().isRevoked(peer)) {
            cut(channel, peer);
            return false;
        }
        return true;
    }

    /** Open connections. */
    public int size() {
        return open.values().stream().mapToInt(Map::size).sum();
    }

    private void recheck(ProxyConfig config) {
        for (Map<Channel, VerifiedPeer> peers : open.values()) {
            peers.forEach((channel, peer) -> {
                if (config.isRevoked(peer)) {
                    cut(channel, peer);
                }
            });
        }
    }

    private void cut(Channel channel, VerifiedPeer peer) {
        metrics.fault(Fault.EVICTED_PEER).increment();
        LOG.atWarn()
                .addKeyValue("peer", peer.id())
                .addKeyValue("fault", Fault.EVICTED_PEER)
                .log("connection cut");
        channel.close();
    }
}
