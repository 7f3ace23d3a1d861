package io.tombolo.dataplane.identity;

import io.netty.channel.Channel;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open mesh connections of both directions, by trust domain. A feed update that evicts or revokes closes them, and one in
 * which another cluster has a new epoch: whoever was connected before proved a key of the one that is over.
 */
public final class LivePeers {
    private static final Logger LOG = LoggerFactory.getLogger(LivePeers.class);

    private final Map<TrustDomain, Map<Met, Channel>> open = new ConcurrentHashMap<>();
    private final CurrentConfig current;
    private final Metrics metrics;

    /** @param epoch of the peer's cluster when the connection was established; 0 = not known then, or the own cluster */
    private record Met(VerifiedPeer peer, long epoch) {
        boolean isOver(ProxyConfig now) {
            return now.isRevoked(peer) || (epoch > 0 && epochOf(now, peer) != epoch);
        }
    }

    /** Listens to {@code current} from now on. */
    public LivePeers(CurrentConfig current, Metrics metrics) {
        this.current = current;
        this.metrics = metrics;
        current.listen((before, after) -> recheck(after));
    }

    /**
     * Remembers a connection until it closes; twice if there is a caller behind the peer: whoever of them is not believed any
     * more, it ends.
     * @return false if the peer is not believed any more already; the connection is being closed then
     */
    public boolean add(Channel channel, VerifiedPeer peer) {
        Map<Met, Channel> peers = open.computeIfAbsent(peer.id().trustDomain(), domain -> new ConcurrentHashMap<>());
        var met = new Met(peer, epochOf(current.get(), peer));
        peers.put(met, channel);
        channel.closeFuture().addListener(closed -> peers.remove(met));
        if (met.isOver(current.get())) {
            cut(channel, peer);
            return false;
        }
        return true;
    }

    /** Which addresses of other clusters may be dialled, as the controller said last. */
    public Optional<AddressRules> dialing() {
        return current.get().dialing();
    }

    /** An address of another cluster was not dialled. */
    public void refusedAddress(TomboloException refused) {
        metrics.fault(refused.fault()).increment();
        LOG.atWarn().addKeyValue("fault", refused.fault().code()).log("not dialled: {}", refused.getMessage());
    }

    /** Open connections, each as often as there is somebody to be believed. */
    public int size() {
        return open.values().stream().mapToInt(Map::size).sum();
    }

    private void recheck(ProxyConfig config) {
        for (Map<Met, Channel> peers : open.values()) {
            peers.forEach((met, channel) -> {
                if (met.isOver(config)) {
                    cut(channel, met.peer());
                }
            });
        }
    }

    private static long epochOf(ProxyConfig config, VerifiedPeer peer) {
        return config.member(peer.id().trustDomain())
                .filter(member -> !config.isOwn(member.cluster()))
                .map(MemberEntry::epoch)
                .orElse(0L);
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
