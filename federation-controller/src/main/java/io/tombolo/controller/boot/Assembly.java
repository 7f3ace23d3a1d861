package io.tombolo.controller.boot;

import io.tombolo.controller.api.AuditTrail;
import io.tombolo.controller.enrol.Drains;
import io.tombolo.controller.enrol.EnrolService;
import io.tombolo.controller.enrol.Enrolment;
import io.tombolo.controller.enrol.KnownProxies;
import io.tombolo.controller.enrol.Pods;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.enrol.Registrations;
import io.tombolo.controller.enrol.SvidIssuer;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.DemandTable;
import io.tombolo.controller.failover.Evacuations;
import io.tombolo.controller.failover.FederationPolicies;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.importing.FeedSource;
import io.tombolo.controller.importing.KnownAddresses;
import io.tombolo.controller.join.EnrolmentServer;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.kube.PodAccount;
import io.tombolo.controller.kube.TokenReviews;
import io.tombolo.controller.push.FeedService;
import io.tombolo.controller.push.ProxyServer;
import io.tombolo.controller.push.Sessions;
import io.tombolo.controller.replica.Leader;
import io.tombolo.controller.replica.ReplicaService;
import io.tombolo.controller.replica.ReplicaSettings;
import io.tombolo.controller.replica.VouchingNow;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.WatchedDirectory;
import io.tombolo.controller.tokens.AccessTokens;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.controller.tokens.ProxyTokens;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.controller.trust.MeshCa;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.bundle.BundleSet;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Builds the rooms in their order, and what Quarkus must know before it starts. */
final class Assembly {
    private final Settings settings;
    private final Optional<Leader> leader;
    private final InstantSource clock = InstantSource.system();
    private final AtomicReference<FeedSource> feedSource = new AtomicReference<>(_ -> Optional.empty());

    private Assembly(Settings settings, Optional<Leader> leader) {
        this.settings = settings;
        this.leader = leader;
    }

    /** @param leader this process as one of two replicas; empty = it is alone */
    static Controller build(Settings settings, Optional<Leader> leader) {
        return new Assembly(settings, leader).build();
    }

    private Controller build() {
        Settings.Listen proxies = FreePort.choose(settings.proxies(), settings.autoPorts());
        Settings.Listen enrolment = FreePort.choose(settings.enrolment(), settings.autoPorts());
        Rooms rooms = rooms(proxies, enrolment);
        var issuer = new SvidIssuer(
                rooms.ca(),
                rooms.mesh(),
                rooms.membership()::get,
                () -> rooms.proxiesAddress().toString(),
                settings.svidLife());
        var own = new OwnIdentity(rooms.state(), rooms.ca(), rooms.membership(), issuer, hosts());
        Optional<TokenReviews> tokenReviews = settings.kubernetes().map(TokenReviews::new);
        var members = new MemberAssembly(rooms, feedSource, clock);
        var federation = new Federation(
                rooms.state(), settings.cluster(), rooms.ca(), rooms.mesh(), rooms.membership(), members, clock);
        members.endBy(federation::stop);
        federation.afterwards(members::afterwards);
        var proxyServer = new ProxyServer(
                address(FreePort.release(proxies)),
                own::shown,
                rooms.mesh()::recognised,
                () -> BundleSet.of(List.of(rooms.mesh().bundle())),
                rooms.registrations(),
                new EnrolService(
                        new Enrolment(rooms.proxyTokens(), pods(tokenReviews), rooms.registrations(), issuer, clock)),
                new FeedService(rooms.sessions(), rooms.proxies(), rooms.paths(), rooms.demand()),
                leader.map(leads -> new ReplicaService(leads, replicas(tokenReviews), vouching(federation))));
        var enrolmentServer =
                new EnrolmentServer(address(FreePort.release(enrolment)), own::server, federation::authority);
        Optional<WatchedDirectory> watched =
                settings.watchDir().map(dir -> new WatchedDirectory(dir, rooms.store(), clock));
        return new Controller(
                rooms, leader, federation, proxyServer, enrolmentServer, watched, tokenReviews, own::server);
    }

    /** Another replica is a pod of this one's own account. */
    private Consumer<String> replicas(Optional<TokenReviews> reviews) {
        return new SameAccount(reviews.orElseThrow(), settings.replica().orElseThrow());
    }

    private static VouchingNow vouching(Federation federation) {
        return new VouchingNow(
                () -> federation.rooms().map(MemberRooms.class::cast).map(MemberRooms::vouching));
    }

    private static Pods pods(Optional<TokenReviews> reviews) {
        return reviews.<Pods>map(api -> token -> {
                    PodAccount pod = api.pod(token);
                    return new Pods.Pod(ProxyRole.of(pod.namespace(), pod.account()), pod.uid());
                })
                .orElse(Pods.NONE);
    }

    private Rooms rooms(Settings.Listen proxiesListen, Settings.Listen enrolmentListen) {
        StateDirectory state = StateDirectory.take(settings.stateDir());
        var membership = new CurrentMembership(state);
        TrustDomain trustDomain =
                membership.active().map(Membership::trustDomain).orElseGet(settings.cluster()::provisional);
        var store = new ResourceStore(state);
        var drains = new Drains(state);
        var proxies = new ProxyTable(drains::has);
        var registrations = new Registrations(state);
        var knownProxies = new KnownProxies(state);
        proxies.presume(knownProxies.read(registrations, System.nanoTime()));
        var history = new History(state);
        return new Rooms(
                settings,
                state,
                new ClusterCa(state, trustDomain, Instant.now()),
                new MeshCa(state, membership, clock),
                membership,
                new AccessTokens(state, settings.replica().map(ReplicaSettings::name)),
                new JoinTokens(state),
                new ProxyTokens(state),
                new AuditTrail(state),
                store,
                registrations,
                drains,
                proxies,
                knownProxies,
                new PathTable(),
                new EndpointTable(),
                new KnownAddresses(state),
                new Evacuations(state),
                new FederationPolicies(state),
                new DemandTable(),
                history,
                new Decisions(history),
                new Exporter(state, store, proxies),
                new Sessions(state, new CurrentFeed(feedSource)),
                new Settling(registrations, proxies),
                new ServiceNews(),
                new HostPort(settings.proxiesHost(), proxiesListen.port()),
                new HostPort(settings.advertisedHost(), enrolmentListen.port()));
    }

    private static InetSocketAddress address(Settings.Listen listen) {
        return new InetSocketAddress(listen.host(), listen.port());
    }

    /** Names and addresses in certificates of this controller's servers. */
    private List<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>(
                List.of("localhost", "127.0.0.1", settings.advertisedHost(), settings.proxiesHost()));
        return List.copyOf(hosts);
    }

    /** Tells Quarkus where the API listens and with which certificate. */
    static void configureApi(Controller controller) {
        Settings settings = controller.rooms().settings();
        Settings.Listen listen = FreePort.choose(settings.api(), settings.autoPorts());
        Set<String> hosts = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", settings.advertisedHost()));
        hosts.add(Reach.hereHost(listen.host()));
        var certificate = new ApiCertificate(
                controller.rooms().state(), controller.rooms().ca(), List.copyOf(hosts));
        certificate.renew(Instant.now());
        certificate.keepFresh();
        System.setProperty("quarkus.http.host", FreePort.release(listen).host());
        System.setProperty("quarkus.http.ssl-port", Integer.toString(listen.port()));
        System.setProperty(
                "quarkus.http.ssl.certificate.files",
                certificate.certificateFile().toString());
        settings.apiClientCa().ifPresent(ca -> {
            System.setProperty(
                    "quarkus.http.ssl.certificate.trust-store-file",
                    ca.file().toAbsolutePath().toString());
            System.setProperty("quarkus.http.ssl.certificate.trust-store-file-type", "PEM");
        });
        System.setProperty(
                "quarkus.http.ssl.certificate.key-files", certificate.keyFile().toString());
    }
}
