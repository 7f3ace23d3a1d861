package io.tombolo.controller.kube;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Services of the federation, for tests. */
final class Imported {
    static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    static final ClusterId EAST = new ClusterId("east");
    static final ClusterId WEST = new ClusterId("west");

    private Imported() {}

    /** With the port 80, from these clusters. */
    static SharedService checkout(ServiceType type, ClusterId... clusters) {
        return shared(CHECKOUT, type, List.of(80), clusters);
    }

    /** Every cluster exposes every port, but for the last port, which the first cluster alone has. */
    static SharedService shared(ServiceName name, ServiceType type, List<Integer> ports, ClusterId... clusters) {
        List<ImportedService.Source> sources = IntStream.range(0, clusters.length)
                .mapToObj(i ->
                        source(clusters[i], i == 0 || ports.size() == 1 ? ports : ports.subList(0, ports.size() - 1)))
                .toList();
        List<ExportedPort> all = ports.stream()
                .map(port -> new ExportedPort(port, "", AppProtocol.HTTP))
                .toList();
        return new SharedService(
                new ImportedService(name, all, type, "None", sources, Optional.empty()),
                Map.of(),
                Map.of(),
                ServiceTraits.NONE);
    }

    private static ImportedService.Source source(ClusterId cluster, List<Integer> ports) {
        return new ImportedService.Source(
                cluster,
                Locality.UNKNOWN,
                Set.copyOf(ports),
                Set.of(),
                ExportMode.PASSTHROUGH,
                Optional.empty(),
                Instant.EPOCH);
    }

    static Optional<ImportNews.Known> known(SharedService... services) {
        return Optional.of(new ImportNews.Known(Arrays.asList(services), true));
    }

    static List<Integer> ports(int... numbers) {
        return IntStream.of(numbers).boxed().toList();
    }

    static Stream<ClusterId> clusters() {
        return Stream.of(EAST, WEST);
    }
}
