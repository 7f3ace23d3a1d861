package io.tombolo.wire.codec;

import com.google.protobuf.ByteString;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberEntry;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.wire.feed.BundleEntry;
import io.tombolo.wire.feed.MembersNews;
import io.tombolo.wire.feed.RevocationEntry;
import java.time.Duration;

/** The entries that say who is who: applied before all others. */
final class FeedTrust {
    private static final String REVOCATION = "revocation/";
    private static final long SHORTEST_BLIND_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long LONGEST_BLIND_MILLIS = Duration.ofDays(30).toMillis();

    private FeedTrust() {}

    static OwnCluster own(io.tombolo.wire.feed.OwnCluster wire) {
        return new OwnCluster(
                new ClusterId(wire.getCluster()),
                new FederationName(wire.getFederationName()),
                FederationId.of(wire.getFederationId().toByteArray()),
                new TrustDomain(wire.getTrustDomain()),
                new Locality(wire.getRegion(), wire.getZone()),
                Wire.unlessEmpty(wire.getControlAddress(), HostPort::parse));
    }

    static io.tombolo.wire.feed.OwnCluster own(OwnCluster own) {
        return io.tombolo.wire.feed.OwnCluster.newBuilder()
                .setCluster(own.cluster().value())
                .setFederationName(own.federation().value())
                .setFederationId(ByteString.copyFrom(own.federationId().bytes()))
                .setTrustDomain(own.trustDomain().name())
                .setRegion(own.locality().region())
                .setZone(own.locality().zone())
                .setControlAddress(own.control().map(HostPort::toString).orElse(""))
                .build();
    }

    static MemberEntry member(io.tombolo.wire.feed.MemberEntry wire) {
        return new MemberEntry(
                new ClusterId(wire.getCluster()),
                wire.getEpoch(),
                MemberCodec.toModel(wire.getState()),
                new TrustDomain(wire.getTrustDomain()),
                wire.getVersion());
    }

    static io.tombolo.wire.feed.MemberEntry member(MemberEntry member) {
        return io.tombolo.wire.feed.MemberEntry.newBuilder()
                .setCluster(member.cluster().value())
                .setEpoch(member.epoch())
                .setState(MemberCodec.toWire(member.state()))
                .setTrustDomain(member.trustDomain().name())
                .setVersion(member.version())
                .build();
    }

    static FeedEntry.Bundle bundle(BundleEntry wire) {
        return new FeedEntry.Bundle(
                new TrustDomain(wire.getTrustDomain()),
                Wire.count("bundle sequence", wire.getSequence()),
                wire.getJwks(),
                new ClusterId(wire.getCluster()));
    }

    static BundleEntry bundle(FeedEntry.Bundle bundle) {
        return BundleEntry.newBuilder()
                .setTrustDomain(bundle.trustDomain().name())
                .setSequence(bundle.sequence())
                .setJwks(bundle.jwks())
                .setCluster(bundle.cluster().value())
                .build();
    }

    static FeedEntry.News news(MembersNews wire) {
        long maxMillis = wire.getMaxBlindMs();
        if (maxMillis < SHORTEST_BLIND_MILLIS || maxMillis > LONGEST_BLIND_MILLIS) {
            throw Wire.malformed("members news", maxMillis + " ms is no time without news that is allowed");
        }
        return new FeedEntry.News(Wire.instant("members news", wire.getNewsAtMs()), Duration.ofMillis(maxMillis));
    }

    static MembersNews news(FeedEntry.News news) {
        return MembersNews.newBuilder()
                .setNewsAtMs(news.newsAt().toEpochMilli())
                .setMaxBlindMs(news.maxBlind().toMillis())
                .build();
    }

    static FeedEntry.Revocation revocation(String key, RevocationEntry wire) {
        if (!key.startsWith(REVOCATION)
                || wire.getSpiffeId().isEmpty() == wire.getSerial().isEmpty()) {
            throw Wire.malformed("revocation", "it must name either an id or a serial number");
        }
        return new FeedEntry.Revocation(
                key.substring(REVOCATION.length()),
                Wire.unlessEmpty(wire.getSpiffeId(), Wire::id),
                wire.getSerial(),
                new TrustDomain(wire.getTrustDomain()));
    }

    static RevocationEntry revocation(FeedEntry.Revocation revocation) {
        return RevocationEntry.newBuilder()
                .setSpiffeId(revocation.id().map(SpiffeId::toString).orElse(""))
                .setSerial(revocation.serial())
                .setTrustDomain(revocation.trustDomain().name())
                .build();
    }
}
