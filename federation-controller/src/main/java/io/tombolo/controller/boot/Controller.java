package io.tombolo.controller.boot;

import io.tombolo.controller.api.Changes;
import io.tombolo.controller.api.FederatedLog;
import io.tombolo.controller.api.ResourceStatus;
import io.tombolo.controller.api.RouteStatus;
import io.tombolo.controller.api.Status;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.importing.ExportConditions;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.inject.InjectionServer;
import io.tombolo.controller.join.EnrolmentServer;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.join.Job;
import io.tombolo.controller.join.TokenWatch;
import io.tombolo.controller.kube.Condition;
import io.tombolo.controller.kube.EndpointNews;
import io.tombolo.controller.kube.ExportNews;
import io.tombolo.controller.kube.ImportNews;
import io.tombolo.controller.kube.KubeSettings;
import io.tombolo.controller.kube.Kubernetes;
import io.tombolo.controller.kube.Placing;
import io.tombolo.controller.kube.ServiceLookup;
import io.tombolo.controller.kube.SharedService;
import io.tombolo.controller.kube.TokenReviews;
import io.tombolo.controller.publish.CatalogWriter;
import io.tombolo.controller.publish.Publication;
import io.tombolo.controller.push.ProxyServer;
import io.tombolo.controller.replica.Leader;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.store.WatchedDirectory;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.controller.tokens.Caller;
import io.tombolo.injection.SidecarTemplate;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole controller: its rooms, its servers, and its federation. */
final class Controller implements Changes, FederatedLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final Duration PARTING = Duration.ofSeconds(5);

    private final Rooms rooms;
    private final Optional<Leader> leader;
    private final Federation federation;
    private final ProxyServer proxyServer;
    private final EnrolmentServer enrolmentServer;
    private final Optional<WatchedDirectory> watched;
    private final TokenWatch tokenWatch;
    private final Optional<Kubernetes> kubernetes;
    private final Optional<TokenReviews> tokenReviews;
    private final Optional<InjectionServer> injectionServer;
    private final Optional<ServiceLookup> serviceLookup;
    private final ResourceStatus statuses;
    private int injectionPort;

    Controller(
            Rooms rooms,
            Optional<Leader> leader,
            Federation federation,
            ProxyServer proxyServer,
            EnrolmentServer enrolmentServer,
            Optional<WatchedDirectory> watched,
            Optional<TokenReviews> tokenReviews,
            Supplier<CertifiedKey> server) {
        this.tokenReviews = tokenReviews;
        this.kubernetes = rooms.settings()
                .kubernetes()
                .map(api -> new Kubernetes(
                        api,
                        rooms.store(),
                        new News(),
                        this::exported,
                        placing(rooms),
                        this::conditions,
                        this::properties,
                        () -> Kubernetes.mesh(rooms.proxiesAddress(), rooms.ca().pin()),
                        rooms.settings()
                                .injection()
                                .map(_ -> () -> Pem.write(rooms.ca().bundle().roots())),
                        InstantSource.system()));
        this.statuses = new ResourceStatus(rooms.settings().cluster(), this, rooms.exporter(), rooms.policies());
        this.rooms = rooms;
        this.leader = leader;
        this.federation = federation;
        this.proxyServer = proxyServer;
        this.enrolmentServer = enrolmentServer;
        this.watched = watched;
        this.tokenWatch = TokenWatch.of(
                rooms.settings().joinTokenFile(), federation, this::joinsByItself, InstantSource.system());
        this.serviceLookup = rooms.settings()
                .injection()
                .flatMap(_ -> rooms.settings().kubernetes())
                .map(ServiceLookup::new);
        this.injectionServer = rooms.settings().injection().flatMap(said -> injectionServer(said, server));
    }

    /** Where the API server asks for sidecars. */
    private Optional<InjectionServer> injectionServer(Settings.Injecting said, Supplier<CertifiedKey> server) {
        Settings.Listen listen =
                FreePort.release(FreePort.choose(said.listen(), rooms.settings().autoPorts()));
        injectionPort = listen.port();
        SidecarTemplate sidecar = said.template()
                .of(rooms.proxiesAddress().toString(), rooms.ca().pin().toString());
        return serviceLookup.map(services -> new InjectionServer(
                new InetSocketAddress(listen.host(), listen.port()), said.reviews(), server, services::in, sidecar));
    }

    /** Begins to work as a member if this cluster is one, and to follow local changes. */
    void start() {
        rooms.store().addListener(this::localChange);
        rooms.proxies().addListener(this::localChange);
        rooms.paths().addListener(rooms.sessions()::refresh);
        rooms.paths().addListener(() -> member().ifPresent(MemberRooms::redecide));
        rooms.endpoints().addListener(rooms.sessions()::refresh);
        kubernetes.ifPresent(api -> rooms.services().addListener(api::federationChanged));
        federation.resume();
        watched.ifPresent(WatchedDirectory::start);
        kubernetes.ifPresent(Kubernetes::start);
        tokenWatch.start();
    }

    /** Says where this replica is, if there is another one: only now does it serve. @param apiPort the real one */
    void serves(int apiPort) {
        leader.ifPresent(leads -> leads.serves(ReplicaPlaces.of(rooms, injectionPort, apiPort)));
    }

    /** What does not go well beside the federation. */
    List<String> warnings() {
        return Stream.of(
                        tokenWatch.notice().map(notice -> "this cluster " + notice).stream(),
                        member().flatMap(member -> member.rotation().notice()).stream(),
                        leader.flatMap(Leader::notice).stream(),
                        kubernetes.map(Kubernetes::warnings).orElse(List.of()).stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** For what is declared on Kubernetes. */
    private final class News implements ExportNews {
        @Override
        public Optional<String> published(ResourceKey export) {
            return member().map(m ->
                    m.ownCatalog().of(export.name()).map(Publication::published).orElse("pending"));
        }

        @Override
        public Optional<Condition> conflict(ResourceKey export) {
            return rooms.store()
                    .find(export)
                    .flatMap(kept -> ExportConditions.conflict(
                            kept, rooms.exporter(), member().map(m -> m.log().feed())))
                    .map(c -> new Condition(c.type(), c.status(), c.reason(), c.message()));
        }
    }

    /** For Kubernetes: the names of KEP-2149. */
    private Map<String, String> properties() {
        return rooms.membership()
                .active()
                .map(member -> Kubernetes.properties(member.cluster(), member.federation()))
                .orElse(Map.of());
    }

    /** For Kubernetes: of policies and routes. */
    private List<List<Condition>> conditions(StoredResource kept) {
        return statuses
                .of(kept)
                .map(status -> switch (status) {
                    case RouteStatus(List<RouteStatus.Parent> parents) ->
                        parents.stream().map(RouteStatus.Parent::conditions).toList();
                    case Status.OfPolicy(List<Status.Condition> all) -> List.of(all);
                })
                .orElse(List.of())
                .stream()
                .map(all -> all.stream()
                        .map(c -> new Condition(c.type(), c.status(), c.reason(), c.message()))
                        .toList())
                .toList();
    }

    /** For Kubernetes: before every topic was read to its end, what is missing may only not have been read. */
    private Optional<ImportNews.Known> exported() {
        Optional<MemberRooms> member = member();
        if (member.isEmpty()) {
            return Optional.of(ImportNews.Known.NOTHING);
        }
        CatalogFeed feed = member.get().log().feed();
        if (!feed.ready()) {
            return Optional.empty();
        }
        List<SharedService> services = feed.current().merged().stream()
                .map(merged ->
                        new SharedService(merged.service(), merged.labels(), merged.annotations(), merged.traits()))
                .toList();
        return Optional.of(new ImportNews.Known(services, feed.caughtUp()));
    }

    /** For Kubernetes: the addresses that it gives are for the proxies. Without it there are none. */
    private Optional<Placing> placing(Rooms all) {
        if (all.settings().kubernetes().filter(KubeSettings::addresses).isEmpty()) {
            all.addresses().know(List.of());
            return Optional.empty();
        }
        return Optional.of(new Placing(all.addresses().all(), this::addresses, this::endpoints));
    }

    private void addresses(Collection<ServiceAddresses> all) {
        if (rooms.addresses().know(all)) {
            rooms.sessions().refresh();
        }
    }

    /** For Kubernetes: where services are, as far as it is known. */
    private Optional<EndpointNews.Known> endpoints() {
        Optional<MemberRooms> member = member();
        return member.isEmpty()
                ? Optional.of(EndpointNews.Known.NOTHING)
                : exported().map(member.get()::endpoints);
    }

    Rooms rooms() {
        return rooms;
    }

    Federation federation() {
        return federation;
    }

    private Job joinsByItself(String token) {
        rooms.audit().add(Instant.now(), "controller.join.token-file", "federation.join", "");
        return federation.join(token, false);
    }

    private void localChange() {
        member().ifPresentOrElse(MemberRooms::changed, () -> rooms.exporter().refresh());
        rooms.sessions().refresh();
    }

    private Optional<MemberRooms> member() {
        return federation.rooms().map(MemberRooms.class::cast);
    }

    @Override
    public void sync() {
        member().ifPresentOrElse(
                        m -> m.ownCatalog().sync(), () -> rooms.exporter().refresh());
        rooms.sessions().refresh();
    }

    @Override
    public boolean syncOrLater() {
        try {
            sync();
            return true;
        } catch (TomboloException later) {
            LOG.atWarn().addKeyValue("fault", later.getMessage()).log("an order waits for its record");
            return false;
        }
    }

    @Override
    public Optional<Publication> evacuation(EvacuationOrder order) {
        return member().flatMap(m -> m.ownCatalog().evacuation(order));
    }

    @Override
    public Optional<Publication> publication(ServiceName service) {
        return member().flatMap(m -> m.ownCatalog().of(service));
    }

    @Override
    public Optional<Publication> policy(String kind, ServiceName name) {
        return member().flatMap(m -> m.ownCatalog().policy(kind, name));
    }

    @Override
    public void audit(Caller caller, String action, String subject) {
        rooms.audit().add(Instant.now(), caller.name(), action, subject);
        writer().ifPresent(writer -> writer.audit(caller.name(), action, subject, Map.of()));
    }

    @Override
    public Optional<CatalogFeed> feed() {
        return member().map(m -> m.log().feed());
    }

    @Override
    public Optional<CatalogWriter> writer() {
        return member().map(m -> m.log().writer());
    }

    @Override
    public Optional<Known> known() {
        return member().flatMap(MemberRooms::known);
    }

    @Override
    public Optional<Imports> imports() {
        return member().map(MemberRooms::imports);
    }

    /** What Kafka does not take by then is on disk and waits for the next start. */
    private void part() {
        try {
            var _ = Thread.ofVirtual().start(federation::close).join(PARTING);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The other replica listens to the end where proxies do: to have all, and to hear that it may take over. */
    @Override
    public void close() {
        Ending.inOrder(
                tokenWatch::close,
                () -> watched.ifPresent(WatchedDirectory::close),
                () -> injectionServer.ifPresent(InjectionServer::close),
                () -> serviceLookup.ifPresent(ServiceLookup::close),
                () -> kubernetes.ifPresent(Kubernetes::close),
                enrolmentServer::close,
                this::part,
                () -> rooms.audit().close(),
                () -> leader.ifPresent(Leader::close),
                proxyServer::close,
                () -> rooms.sessions().close(),
                () -> tokenReviews.ifPresent(TokenReviews::close),
                () -> rooms.state().close());
    }
}
