package io.tombolo.controller.boot;

import io.tombolo.catalog.freshness.OriginAge;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.importing.LocalInstances;
import io.tombolo.controller.kube.EndpointNews;
import io.tombolo.controller.kube.ImportNews;
import io.tombolo.controller.kube.OriginFacts;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Kubernetes is told of where services are. Pure.
 * @param up    gateways of other clusters to which a path works
 * @param lease how long an origin counts as alive without a pulse
 */
record KnownEndpoints(CatalogView view, Set<InstanceId> up, Duration lease, Instant now) {
    EndpointNews.Known of(ImportNews.Known exports, List<LocalService> services) {
        Map<ClusterId, OriginFacts> origins = new HashMap<>();
        view.origins().forEach(origin -> origins.put(origin.cluster(), facts(origin)));
        Map<ServiceName, List<LocalInstance>> local = new HashMap<>();
        view.origin(view.own())
                .map(own -> own.member().trustDomain())
                .ifPresent(trustDomain -> services.stream()
                        .filter(service -> service.export().isPresent())
                        .forEach(service -> local.put(service.name(), LocalInstances.there(service, trustDomain))));
        return new EndpointNews.Known(exports, Optional.of(view.own()), origins, local);
    }

    private OriginFacts facts(OriginView origin) {
        boolean own = origin.cluster().equals(view.own());
        Optional<OriginAge> age = origin.age();
        boolean expired = age.filter(a -> a.freshness() == Freshness.EXPIRED).isPresent();
        return new OriginFacts(
                own ? List.of() : origin.gateways(),
                own || !view.trusted(origin.cluster()) ? Set.of() : working(origin),
                lease,
                age.filter(KnownEndpoints::isHeard).map(a -> now.minus(a.age())),
                !own && (view.blindness().isBlind() || expired && !view.cutOff()));
    }

    private Set<InstanceId> working(OriginView origin) {
        return origin.gateways().stream()
                .map(gateway -> gateway.instance())
                .filter(up::contains)
                .collect(Collectors.toSet());
    }

    /** A pulse came; an origin that is known from the disk alone is dated from the start of this process. */
    private static boolean isHeard(OriginAge age) {
        return !age.delayed() || !age.offset().isZero();
    }

    static Set<InstanceId> up(List<PathHealth> paths) {
        return paths.stream()
                .filter(path -> path.state() == PathHealth.State.UP)
                .map(PathHealth::gateway)
                .collect(Collectors.toSet());
    }
}
