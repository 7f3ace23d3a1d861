package io.tombolo.controller.push;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tombolo.controller.enrol.GrpcFaults;
import io.tombolo.controller.enrol.LiveProxy;
import io.tombolo.controller.enrol.OfferedPort;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.failover.DemandTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Urgencies;
import io.tombolo.wire.codec.HealthCodec;
import io.tombolo.wire.codec.UrgencyCodec;
import io.tombolo.wire.feed.FeedGrpc;
import io.tombolo.wire.feed.FromProxy;
import io.tombolo.wire.feed.Interest;
import io.tombolo.wire.feed.LoadReport;
import io.tombolo.wire.feed.Offer;
import io.tombolo.wire.feed.Start;
import io.tombolo.wire.feed.ToProxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The feed of proxies over gRPC. Who it is comes from the certificate, what it is from its registration. */
public final class FeedService extends FeedGrpc.FeedImplBase {
    /** Most services that one proxy may call. */
    static final int MAX_INTEREST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(FeedService.class);

    private final Sessions sessions;
    private final ProxyTable proxies;
    private final PathTable paths;
    private final DemandTable demand;

    public FeedService(Sessions sessions, ProxyTable proxies, PathTable paths, DemandTable demand) {
        this.sessions = sessions;
        this.proxies = proxies;
        this.paths = paths;
        this.demand = demand;
    }

    @Override
    public StreamObserver<FromProxy> follow(StreamObserver<ToProxy> toProxy) {
        @Nullable Registration registration = ProxyIdentity.PROXY.get(Context.current());
        if (registration == null) {
            toProxy.onError(GrpcFaults.of(new TomboloException(
                    Fault.UNAUTHENTICATED,
                    "feed",
                    "no registered SVID was shown",
                    "enrol first, then connect with it")));
            return new Ignored();
        }
        var stream = (ServerCallStreamObserver<ToProxy>) toProxy;
        var reports = new Reports(registration, stream);
        stream.setOnReadyHandler(reports::flush);
        stream.setOnCancelHandler(reports::over);
        return reports;
    }

    /** What one proxy sends. gRPC calls one method at a time. */
    private final class Reports implements StreamObserver<FromProxy> {
        private final Registration registration;
        private final ServerCallStreamObserver<ToProxy> stream;
        private volatile @Nullable Session session;

        Reports(Registration registration, ServerCallStreamObserver<ToProxy> stream) {
            this.registration = registration;
            this.stream = stream;
        }

        @Override
        public void onNext(FromProxy message) {
            try {
                take(message);
            } catch (RuntimeException bad) {
                over();
                stream.onError(GrpcFaults.of(bad));
            }
        }

        private void take(FromProxy message) {
            @Nullable Session now = session;
            if (now == null) {
                start(message);
                return;
            }
            switch (message.getMessageCase()) {
                case APPLIED -> now.applied(message.getApplied());
                case INSTANCE ->
                    proxies.report(
                            registration.instance(),
                            HealthCodec.toModel(message.getInstance().getState()));
                case PATHS -> paths(message);
                case LOAD -> demand.report(registration.instance(), loads(message.getLoad()));
                case INTEREST -> now.interestedIn(services(message.getInterest()));
                case START, MESSAGE_NOT_SET -> {
                    // Start is said once, and what a newer proxy says besides is not understood.
                }
            }
        }

        private void paths(FromProxy message) {
            if (registration.role() instanceof ProxyRole.Gateway) {
                paths.report(
                        registration.instance(),
                        message.getPaths().getPathsList().stream()
                                .limit(PathTable.MAX_PATHS)
                                .map(HealthCodec::toModel)
                                .toList());
            }
        }

        private void start(FromProxy message) {
            if (message.getMessageCase() != FromProxy.MessageCase.START || sessions.size() >= Sessions.MAX_SESSIONS) {
                throw new TomboloException(
                        Fault.MALFORMED_RECORD,
                        "feed",
                        "Start is missing, or there are too many streams",
                        "send Start");
            }
            proxies.connected(live(registration, message.getStart()));
            Start said = message.getStart();
            Optional<Set<String>> interest =
                    said.hasInterest() ? Optional.of(services(said.getInterest())) : Optional.empty();
            var made = new Session(registration, stream, sessions::nextVersion, interest, said.getAddressesOf());
            session = made;
            sessions.add(made);
            LOG.atInfo().addKeyValue("instance", registration.instance()).log("proxy connected");
        }

        void flush() {
            @Nullable Session now = session;
            if (now != null) {
                now.flush();
            }
        }

        void over() {
            @Nullable Session now = session;
            if (now != null && sessions.remove(now)) {
                proxies.gone(registration.instance(), System.nanoTime());
                paths.gone(registration.instance());
                demand.gone(registration.instance());
                LOG.atInfo().addKeyValue("instance", registration.instance()).log("proxy disconnected");
            }
        }

        @Override
        public void onError(Throwable lost) {
            over();
        }

        @Override
        public void onCompleted() {
            if (session != null) {
                proxies.left(registration.instance());
            }
            over();
            stream.onCompleted();
        }
    }

    private static Set<String> services(Interest interest) {
        if (interest.getServicesCount() > MAX_INTEREST) {
            throw new TomboloException(
                    Fault.MALFORMED_RECORD,
                    "feed",
                    "a proxy calls " + interest.getServicesCount() + " services; " + MAX_INTEREST + " are allowed",
                    "lower sidecar.interest.max there");
        }
        return Set.copyOf(interest.getServicesList());
    }

    private static LiveProxy live(Registration registration, Start start) {
        return new LiveProxy(
                registration,
                start.getAddressesList().stream()
                        .limit(8)
                        .map(a -> new HostPort(a.getHost(), a.getPort()))
                        .toList(),
                start.getOffersList().stream()
                        .limit(LiveProxy.MAX_OFFERS)
                        .map(FeedService::offer)
                        .toList(),
                start.getZone(),
                Math.clamp(start.getWeight() == 0 ? 100 : start.getWeight(), 1, 10_000),
                InstanceHostname.ofText(start.getHostname()),
                registration.role() instanceof ProxyRole.Gateway ? InstanceState.READY : InstanceState.NOT_READY,
                start.getSoftwareVersion(),
                true,
                System.nanoTime());
    }

    private static Map<ServiceName, DemandTable.Asked> loads(LoadReport report) {
        Map<ServiceName, DemandTable.Asked> loads = new HashMap<>();
        report.getLoadsList().stream()
                .limit(DemandTable.MAX_SERVICES)
                .forEach(load -> loads.put(
                        new ServiceName(load.getNamespace(), load.getName()),
                        new DemandTable.Asked(
                                Math.max(0, load.getPerSecond()),
                                UrgencyCodec.toModel("load of " + load.getName(), load.getUrgencyPermilleList())
                                        .orElse(Urgencies.ALL_USUAL))));
        return loads;
    }

    private static OfferedPort offer(Offer offer) {
        return new OfferedPort(
                new ServiceName(offer.getNamespace(), offer.getName()),
                new ExportedPort(offer.getPort(), offer.getPortName(), AppProtocol.parse(offer.getAppProtocol())));
    }

    private static final class Ignored implements StreamObserver<FromProxy> {
        @Override
        public void onNext(FromProxy message) {}

        @Override
        public void onError(Throwable lost) {}

        @Override
        public void onCompleted() {}
    }
}
