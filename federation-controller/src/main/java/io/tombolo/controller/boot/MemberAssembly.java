package io.tombolo.controller.boot;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.failover.FederationDocument;
import io.tombolo.controller.health.HealthSource;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.importing.FailoverEntries;
import io.tombolo.controller.importing.FeedSource;
import io.tombolo.controller.importing.LocalFeed;
import io.tombolo.controller.importing.ProxyFeed;
import io.tombolo.controller.join.AtAuthority;
import io.tombolo.controller.join.Authority;
import io.tombolo.controller.join.BackboneAccess;
import io.tombolo.controller.join.BackboneRenewal;
import io.tombolo.controller.join.FederatedRooms;
import io.tombolo.controller.join.FederationFile;
import io.tombolo.controller.join.KeyRotation;
import io.tombolo.controller.join.MembersBook;
import io.tombolo.controller.join.StandingWatch;
import io.tombolo.controller.join.Vouching;
import io.tombolo.controller.publish.OwnCatalog;
import io.tombolo.controller.subscribe.BackboneContact;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.wire.join.RedeemResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Builds and starts what runs while this cluster is a member. */
final class MemberAssembly implements Function<Membership, FederatedRooms> {
    private final Rooms rooms;
    private final AtomicReference<FeedSource> feedSource;
    private final InstantSource clock;
    private Consumer<Membership.Ended> ended = _ -> {};

    MemberAssembly(Rooms rooms, AtomicReference<FeedSource> feedSource, InstantSource clock) {
        this.rooms = rooms;
        this.feedSource = feedSource;
        this.clock = clock;
    }

    /** Who hears when the membership ends. */
    void endBy(Consumer<Membership.Ended> listener) {
        ended = listener;
    }

    @Override
    public FederatedRooms apply(Membership own) {
        rooms.ca().become(own.trustDomain(), clock.instant());
        MemberKeys keys = MemberKeys.of(rooms.state(), own.epoch());
        RedeemResponse admitted = new FederationFile(rooms.state()).read().orElseThrow();
        var backbone =
                new BackboneAccess(admitted.getBackbone(), keys.backbone().privateKey());
        MemberLog log = new MemberLogStart(rooms, own, keys).start(backbone.connection(), admitted);
        Optional<Authority> authority = own.authority() ? authority(own, log) : Optional.empty();
        var ownCatalog = ownCatalog(own, log);
        var health = new HealthSource(
                rooms.exporter()::current, rooms.paths(), rooms.endpoints(), log.writer(), rooms.settling()::isSettled);
        var renewal = new BackboneRenewal(rooms.state(), own, backbone, () -> authority, clock);
        var admission = new AtAuthority(rooms.state(), own, log.feed()::current, log.heard(), () -> authority, clock);
        var rotation = new KeyRotation(own, keys.signing(), log.signing(), admission);
        var vouching = new Vouching(
                rooms.state(),
                own,
                new Vouching.Authorities(rooms.ca(), rooms.mesh()),
                keys.signing(),
                log.signing(),
                admission,
                () -> authority,
                renewal::credential,
                clock);
        var started = new MemberRooms(
                rooms,
                own,
                log,
                authority,
                ownCatalog,
                health,
                renewal,
                standing(own, log),
                rotation,
                vouching,
                () -> endNow(log, own));
        feedSource.set(new ProxyFeed(
                MemberRooms.importSettings(rooms, own),
                () -> readyView(log.feed()),
                rooms.exporter()::current,
                rooms.paths(),
                rooms.endpoints(),
                rooms.addresses(),
                new FailoverEntries(
                        rooms.decisions(), rooms.evacuations(), view -> MemberRooms.rules(rooms, own, view)),
                rooms.mesh()::bundle));
        started.start();
        return started;
    }

    /** What the proxies of a cluster get whose membership ended. */
    void afterwards(Membership own) {
        feedSource.set(
                new LocalFeed(MemberRooms.importSettings(rooms, own), rooms.exporter()::current, rooms.mesh()::bundle));
        rooms.sessions().refresh();
    }

    private void endNow(MemberLog log, Membership own) {
        boolean left = log.feed()
                .current()
                .members()
                .member(own.cluster())
                .map(self -> self.state() == io.tombolo.model.catalog.MemberState.LEFT)
                .orElse(false);
        ended.accept(left ? Membership.Ended.LEFT : Membership.Ended.EVICTED);
    }

    private StandingWatch standing(Membership own, MemberLog log) {
        return new StandingWatch(
                rooms.state(),
                own,
                () -> !own.authority() && log.feed().contact().state() == BackboneContact.State.DENIED,
                log.heard());
    }

    private static Optional<CatalogView> readyView(CatalogFeed feed) {
        return feed.ready() ? Optional.of(feed.current()) : Optional.empty();
    }

    private Optional<Authority> authority(Membership own, MemberLog log) {
        return log.members().map(writer -> {
            var book = new MembersBook(rooms.state(), own.federationId(), () -> known(log.feed(), own), writer);
            return new Authority(
                    rooms.state(),
                    own,
                    book,
                    rooms.joinTokens(),
                    cluster -> log.feed().current().catalog(cluster),
                    (cluster, keys) -> log.writer()
                            .audit(
                                    "controller",
                                    "keys.change",
                                    cluster.value(),
                                    Map.of("keys", String.join(" ", keys))),
                    clock);
        });
    }

    private static MembersLog known(CatalogFeed feed, Membership own) {
        return feed.current().members();
    }

    private OwnCatalog ownCatalog(Membership own, MemberLog log) {
        @Nullable String version = MemberAssembly.class.getPackage().getImplementationVersion();
        var info = new Payload.ClusterInfo(
                rooms.settings().cluster().locality(),
                rooms.settings().cluster().labels(),
                version == null ? "development" : version,
                own.authority() ? List.of(rooms.enrolmentAddress()) : List.of());
        return new OwnCatalog(
                log.writer(),
                rooms.exporter(),
                rooms.proxies(),
                rooms.mesh()::bundle,
                info,
                own.trustDomain(),
                rooms.settling()::isSettled,
                rooms.evacuations()::own,
                () -> own.authority() ? FederationDocument.all(rooms.store().all()) : List.of());
    }
}
