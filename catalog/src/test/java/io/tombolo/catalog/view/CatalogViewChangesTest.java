package io.tombolo.catalog.view;

import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.SOUTH;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.Seeds;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.World;
import io.tombolo.catalog.log.FederationLog;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A view that is made of the one before is the one that is made anew. */
class CatalogViewChangesTest {
    private static final List<ClusterId> CLUSTERS = List.of(EAST, WEST, SOUTH);
    private static final int NAMES = 6;

    private World world = new World(EAST, WEST, SOUTH);
    private FederationLog log = world.reader();
    private CatalogView view = world.view(log, EAST);
    private int read;

    /** Exports, withdrawals, health, other records, evictions, joining again, pulses, and time; in any order. */
    @Test
    void whateverHappensItSaysWhatTheOneMadeAnewSays() {
        for (int seed = 0; seed < Seeds.upTo(30); seed++) {
            // Given
            begin();
            var random = new Random(seed);
            for (int step = 0; step < 60; step++) {
                // When
                String what = happens(random);
                hear();
                // Then
                assertThat(said(view))
                        .as("seed %d, step %d: %s", seed, step, what)
                        .isEqualTo(said(anew()));
            }
        }
    }

    @Test
    void aPulseAloneChangesNeitherImportsNorMergesAndTheyStayTheSameObjects() {
        // Given
        world.exports(WEST, "a");
        world.exports(WEST, "b");
        world.unexports(WEST, "b");
        hear();
        CatalogView before = view;
        // When
        world.passes(Duration.ofSeconds(3));
        world.beats(WEST);
        hear();
        // Then
        assertThat(view.imports()).isSameAs(before.imports());
        assertThat(view.merged()).isSameAs(before.merged());
        assertThat(view.origin(WEST)).isNotEqualTo(before.origin(WEST));
        // When the time is over for which it is told that something was withdrawn
        world.passes(CatalogView.WITHDRAWN_SHOWN);
        hear();
        // Then
        assertThat(view.imports()).extracting(each -> each.service().name()).containsExactly("a");
    }

    @Test
    void ofAllImportsOnlyThatIsAnotherObjectOfWhichAnExportChanged() {
        // Given
        world.exports(WEST, "a");
        world.exports(WEST, "b");
        hear();
        List<ImportedService> before = view.imports();
        // When
        world.exports(SOUTH, "b");
        hear();
        // Then
        assertThat(view.imports().getFirst()).isSameAs(before.getFirst());
        assertThat(view.imports().getLast()).isNotSameAs(before.getLast());
    }

    private void begin() {
        world = new World(EAST, WEST, SOUTH);
        log = world.reader();
        view = world.view(log, EAST);
        read = 0;
    }

    private CatalogView anew() {
        return world.view(log, EAST);
    }

    /** Reads what was written since the last time. */
    private void hear() {
        List<SignedRecord> all = world.written();
        log = world.read(log, all.subList(read, all.size()));
        read = all.size();
        view = view.next(log, world.now());
    }

    private String happens(Random random) {
        ClusterId cluster = CLUSTERS.get(random.nextInt(CLUSTERS.size()));
        String name = "s" + random.nextInt(NAMES);
        if (world.federation.members().admitted().stream()
                .noneMatch(member -> member.cluster().equals(cluster))) {
            world.passes(Duration.ofSeconds(1));
            log = world.read(log, world.federation.admit(cluster));
            return cluster + " joins again";
        }
        switch (random.nextInt(10)) {
            case 0, 1 -> world.exports(cluster, name);
            case 2 -> exportsOtherwise(cluster, name, random);
            case 3 -> withdraws(cluster, name);
            case 4 ->
                world.says(
                        cluster,
                        random.nextBoolean(),
                        new ServiceHealth(new ServiceName("shop", name), random.nextInt(3), 3, 0, 0, List.of()));
            case 5 -> world.beats(cluster);
            case 6 -> world.passes(Duration.ofMinutes(random.nextInt(90)));
            case 7 -> says(cluster, random);
            case 8 -> gateway(cluster, random.nextInt(3));
            default -> evicts(cluster, random);
        }
        return cluster + " " + name;
    }

    private void exportsOtherwise(ClusterId cluster, String name, Random random) {
        var port = new ExportedPort(80 + random.nextInt(2), "web", AppProtocol.TCP);
        var service = new ServiceName("shop", name);
        world.publishes(cluster, new Payload.Export(TestFederation.export(service, cluster, World.BEGAN, port)));
    }

    private void withdraws(ClusterId cluster, String name) {
        if (world.state(cluster).live("exported-service/shop/" + name).isPresent()
                && world.state(cluster).position().epoch()
                        == world.federation.signer(cluster).epoch()) {
            world.unexports(cluster, name);
        }
    }

    private void says(ClusterId cluster, Random random) {
        world.publishes(
                cluster,
                new Payload.ClusterInfo(new Locality("eu", "z" + random.nextInt(2)), Map.of(), "0.1", List.of()));
        world.publishes(
                cluster,
                new Payload.Bundle(
                        TestFederation.domain(cluster),
                        world.state(cluster).position().seq() + 1,
                        ByteString.copyFromUtf8("{}")));
    }

    private void gateway(ClusterId cluster, int number) {
        var address = new HostPort("10.0.0." + (number + 1), 15_443);
        world.publishes(
                cluster,
                new Payload.Gateway(new GatewayInstance(InstanceId.of(number), List.of(address), 100, false, "")));
    }

    /** Not the authority, and seldom. */
    private void evicts(ClusterId cluster, Random random) {
        if (!cluster.equals(EAST) && random.nextInt(3) == 0) {
            hear();
            log = world.read(log, world.federation.evict(cluster));
        }
    }

    private static List<Object> said(CatalogView view) {
        List<ServiceName> names = java.util.stream.IntStream.range(0, NAMES)
                .mapToObj(i -> new ServiceName("shop", "s" + i))
                .toList();
        return List.of(
                view.origins(),
                view.merged(),
                view.imports(),
                view.acks(),
                view.cutOff(),
                view.blindness(),
                view.newsAt(),
                view.merged().stream().map(view::explain).toList(),
                names.stream().map(view::merged).toList(),
                names.stream()
                        .flatMap(name -> CLUSTERS.stream().map(cluster -> view.export(cluster, name)))
                        .toList(),
                names.stream()
                        .map(name -> view.mergedWith(TestFederation.export(name, EAST, World.BEGAN)))
                        .toList());
    }
}
