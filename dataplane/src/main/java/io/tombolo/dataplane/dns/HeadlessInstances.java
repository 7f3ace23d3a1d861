package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ready instances of a headless service in all clusters, as far as these name them one by one. Pure.
 * @param own      of this cluster
 * @param others   of other clusters
 * @param doubtful of clusters whose word is too old, or to which no trusted way leads yet: they have their names, and stand in an
 *                 answer for all only if there is nobody else
 * @param untold   clusters that did not say yet who is there
 * @param more     whether somebody may be ready who is not named
 */
record HeadlessInstances(
        List<NamedInstance> own,
        List<NamedInstance> others,
        List<NamedInstance> doubtful,
        List<ClusterId> untold,
        boolean more) {
    HeadlessInstances {
        own = List.copyOf(own);
        others = List.copyOf(others);
        doubtful = List.copyOf(doubtful);
        untold = List.copyOf(untold);
    }

    static HeadlessInstances of(ImportedService service, ProxyConfig config) {
        List<Source> sources = service.sources().stream()
                .filter(source -> config.isAdmitted(source.cluster()))
                .toList();
        List<Source> away = sources.stream()
                .filter(source -> !config.isOwn(source.cluster()))
                .toList();
        return new HeadlessInstances(
                sources.stream()
                        .filter(source -> config.isOwn(source.cluster()))
                        .flatMap(source -> here(service, source, config))
                        .toList(),
                named(service, away.stream().filter(source -> !isDoubtful(source, config))),
                named(service, away.stream().filter(source -> isDoubtful(source, config))),
                away.stream()
                        .filter(source -> source.health().isEmpty())
                        .map(Source::cluster)
                        .toList(),
                mayHaveMore(service));
    }

    private static Stream<NamedInstance> here(ImportedService service, Source source, ProxyConfig config) {
        Set<InstanceHostname> own = NamedInstance.hostnames(config, service.service());
        return config.local(service.service()).stream()
                .filter(instance -> instance.state() == InstanceState.READY
                        && !instance.addresses().isEmpty())
                .map(instance -> new NamedInstance(
                        one(service, source, instance.instance()),
                        instance.hostname().filter(own::contains)));
    }

    private static List<NamedInstance> named(ImportedService service, Stream<Source> sources) {
        return sources.flatMap(source -> source.health().stream().flatMap(health -> named(service, source, health)))
                .toList();
    }

    private static Stream<NamedInstance> named(ImportedService service, Source source, ServiceHealth health) {
        List<RosterEntry> ready = health.roster().stream()
                .filter(entry -> entry.state() == InstanceState.READY)
                .toList();
        Set<InstanceHostname> own =
                InstanceHostname.unshared(ready.stream().flatMap(entry -> entry.hostname().stream()));
        return ready.stream()
                .map(entry -> new NamedInstance(
                        one(service, source, entry.instance()), entry.hostname().filter(own::contains)));
    }

    private static Callee.One one(ImportedService service, Source source, InstanceId instance) {
        return new Callee.One(service.service(), source.cluster(), instance);
    }

    /** While it is this cluster that is cut off, the others' words are old without their fault. */
    private static boolean isDoubtful(Source source, ProxyConfig config) {
        boolean old = config.freshness(source.cluster())
                .filter(said -> said.freshness() == Freshness.EXPIRED && !said.selfCutOff())
                .isPresent();
        return old
                || !config.gateways(source.cluster())
                        .map(ClusterGateways::trusted)
                        .orElse(false);
    }

    /** Whether somebody is ready, or nobody said that nobody is. */
    static boolean mayHaveMore(ImportedService service) {
        return service.sources().isEmpty()
                || service.sources().stream()
                        .anyMatch(source -> source.health()
                                .map(health -> health.ready() > 0)
                                .orElse(true));
    }

    /** Whether it is still there, ready or not, or may be: then its address stays its own. */
    static boolean has(ProxyConfig config, Callee.One one) {
        return config.imported(one.service())
                .filter(service -> service.type() == ServiceType.HEADLESS)
                .filter(_ -> config.isAdmitted(one.cluster()))
                .flatMap(service ->
                        service.only(one.cluster()).sources().stream().findFirst())
                .filter(source -> has(config, source, one))
                .isPresent();
    }

    private static boolean has(ProxyConfig config, Source source, Callee.One one) {
        return config.isOwn(one.cluster())
                ? config.local(one.service(), one.instance()).isPresent()
                : source.health().map(health -> mayHave(health, one)).orElse(true);
    }

    boolean isEmpty() {
        return own.isEmpty() && others.isEmpty() && doubtful.isEmpty();
    }

    /** Those that are not ready are counted, and not named. */
    private static boolean mayHave(ServiceHealth health, Callee.One one) {
        return health.total() > health.roster().size()
                || health.roster().stream().anyMatch(entry -> entry.instance().equals(one.instance()));
    }

    /** Whether nobody knows who is there, so that nobody can say that somebody is not. */
    boolean isUntold(String cluster) {
        return untold.stream().anyMatch(each -> each.value().equals(cluster));
    }

    List<NamedInstance> all() {
        return Stream.of(own, others, doubtful).flatMap(List::stream).toList();
    }

    /** Those that one answer names: the own cluster's first, each group in its turn. */
    List<NamedInstance> some(int most, Instant now) {
        List<NamedInstance> elsewhere = own.isEmpty() && others.isEmpty() ? doubtful : others;
        int places = Math.max(0, most - own.size());
        return Stream.concat(Turn.of(own, most, now).stream(), Turn.of(elsewhere, places, now).stream())
                .limit(most)
                .toList();
    }
}
