package io.tombolo.catalog.merge;

import static io.tombolo.catalog.TestFederation.CHECKOUT;
import static io.tombolo.catalog.TestFederation.EAST;
import static io.tombolo.catalog.TestFederation.FOUNDED;
import static io.tombolo.catalog.TestFederation.SOUTH;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.Seeds;
import io.tombolo.catalog.TestFederation;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final ExportedPort WEB = new ExportedPort(80, "web", AppProtocol.HTTP);
    private static final ExportedPort ADMIN = new ExportedPort(9_000, "admin", AppProtocol.TCP);
    private static final Instant OLD = FOUNDED.plusSeconds(100);
    private static final Instant YOUNG = FOUNDED.plusSeconds(200);

    @Test
    void portsAreTheUnionAndEachClusterGetsTrafficForItsOwnOnly() {
        Merged merged = one(export(WEST, OLD, WEB), export(EAST, YOUNG, WEB, ADMIN));
        assertThat(merged.service().ports()).containsExactly(WEB, ADMIN);
        assertThat(source(merged, WEST).ports()).containsExactly(80);
        assertThat(source(merged, EAST).ports()).containsExactlyInAnyOrder(80, 9_000);
        assertThat(merged.conditionReason()).isEqualTo("PortConflict");
    }

    @Test
    void identicalExportsHaveNoConflict() {
        Merged merged = one(export(WEST, OLD, WEB), export(EAST, YOUNG, WEB));
        assertThat(merged.conditionReason()).isEqualTo("NoConflicts");
        assertThat(merged.precedence()).containsExactly(WEST, EAST);
    }

    /** Seed 10: two clusters export the same service with different numbers, names, protocols. */
    @Test
    void theOldestExportDecidesWhatANameOrANumberMeans() {
        ExportedPort otherNumber = new ExportedPort(8_080, "web", AppProtocol.HTTP);
        ExportedPort otherName = new ExportedPort(80, "http", AppProtocol.HTTP);
        ExportedPort otherProtocol = new ExportedPort(80, "web", AppProtocol.GRPC);

        Merged numbers = one(export(EAST, YOUNG, otherNumber), export(WEST, OLD, WEB));
        assertThat(numbers.service().ports()).containsExactly(WEB);
        assertThat(source(numbers, EAST).ports()).isEmpty();
        assertThat(numbers.lostBy(EAST)).isNotEmpty();

        for (ExportedPort other : List.of(otherName, otherProtocol)) {
            Merged merged = one(export(EAST, YOUNG, other), export(WEST, OLD, WEB));
            assertThat(merged.service().ports()).containsExactly(WEB);
            assertThat(source(merged, EAST).ports()).containsExactly(80);
            assertThat(merged.conditionReason()).isEqualTo("PortConflict");
            assertThat(merged.lostBy(WEST)).isEmpty();
        }
    }

    @Test
    void unnamedPortsAreOneNameBetweenClustersButNotWithinOne() {
        ExportedPort a = new ExportedPort(80, "", AppProtocol.TCP);
        ExportedPort b = new ExportedPort(81, "", AppProtocol.TCP);
        assertThat(one(export(WEST, OLD, a, b)).service().ports()).containsExactly(a, b);
        assertThat(one(export(WEST, OLD, a), export(EAST, YOUNG, b)).service().ports())
                .containsExactly(a);
        Merged both = one(export(WEST, OLD, a, b), export(EAST, YOUNG, a, b));
        assertThat(both.service().ports()).containsExactly(a, b);
        assertThat(both.conflicts()).isEmpty();
    }

    @Test
    void noClusterIsOlderThanItsAdmissionOrYoungerThanItsRecord() {
        var claimed = new Export(
                EAST,
                Locality.UNKNOWN,
                TestFederation.export(CHECKOUT, EAST, Instant.EPOCH, WEB),
                YOUNG,
                YOUNG.plusSeconds(9),
                Optional.empty());
        assertThat(claimed.createdAt()).isEqualTo(YOUNG);
        assertThat(one(claimed, export(WEST, OLD, WEB)).precedence()).containsExactly(WEST, EAST);
        var future = new Export(
                EAST,
                Locality.UNKNOWN,
                TestFederation.export(CHECKOUT, EAST, Instant.MAX.minusSeconds(1), WEB),
                FOUNDED,
                YOUNG,
                Optional.empty());
        assertThat(future.createdAt()).isEqualTo(YOUNG);
    }

    @Test
    void clustersOfOneAgeAreOrderedByName() {
        assertThat(one(export(WEST, OLD, WEB), export(EAST, OLD, WEB)).precedence())
                .containsExactly(EAST, WEST);
    }

    @Test
    void everyConflictIsNamedWithTheReasonOfTheMcsApi() {
        ExportedService first = TestFederation.export(CHECKOUT, WEST, OLD, WEB);
        var second = new ExportedService(
                CHECKOUT,
                List.of(WEB),
                ServiceType.HEADLESS,
                "ClientIP",
                Map.of("a", "b"),
                Map.of("c", "d"),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(TestFederation.domain(EAST), "shop", "checkout")),
                List.of(Consumer.ANYONE),
                CapacityGrants.NONE,
                new ServiceTraits(
                        OptionalInt.of(9),
                        ServiceTraits.InternalTraffic.LOCAL,
                        Optional.of(ServiceTraits.Distribution.PREFER_CLOSE),
                        List.of()),
                YOUNG);
        Merged merged = one(exportOf(WEST, first), exportOf(EAST, second));
        assertThat(merged.conditionReason())
                .isEqualTo(
                        "TypeConflict,SessionAffinityConflict,SessionAffinityConfigConflict,AnnotationsConflict,LabelsConflict,"
                                + "InternalTrafficPolicyConflict,TrafficDistributionConflict");
        assertThat(merged.service().type()).isEqualTo(ServiceType.CLUSTER_SET_IP);
        assertThat(merged.traits()).isEqualTo(ServiceTraits.NONE);
        assertThat(MergeExplanation.of(merged, List.of(exportOf(WEST, first), exportOf(EAST, second))))
                .anyMatch(line -> line.startsWith("west: exported since") && line.endsWith("its word counts"))
                .anyMatch(line -> line.startsWith("east: TypeConflict with west"));
    }

    @Test
    void portsThatNoCallGoesToAreAUnionOfTheirOwnWithoutNamesThatCarriedPortsHave() {
        var dns = new OtherPort(53, "dns", OtherPort.Transport.UDP);
        var sctp = new OtherPort(53, "news", OtherPort.Transport.SCTP);
        var web = new OtherPort(443, "web", OtherPort.Transport.UDP);
        Merged merged =
                one(exportOf(WEST, others(WEST, OLD, dns)), exportOf(EAST, others(EAST, YOUNG, dns, sctp, web)));
        assertThat(merged.traits().otherPorts()).containsExactly(sctp, dns);
        assertThat(merged.conditionReason()).isEqualTo("PortConflict");
        assertThat(merged.conflicts()).anyMatch(each -> each.detail().contains("web=443/UDP is left out"));
        Merged same = one(exportOf(WEST, others(WEST, OLD, dns)), exportOf(EAST, others(EAST, YOUNG, dns)));
        assertThat(same.conditionReason()).isEqualTo("NoConflicts");
    }

    @Test
    void noClusterMakesAnImportThatNobodyTakesHoweverManyPortsItHas() {
        // Given clusters with other ports and other numbers each
        var exports = new ArrayList<Export>();
        for (int number = 0; number < 20; number++) {
            var cluster = new ClusterId("c" + number);
            int base = 1 + number * 100;
            OtherPort[] others = IntStream.range(base, base + OtherPort.MOST)
                    .mapToObj(port -> new OtherPort(port, "u" + port, OtherPort.Transport.UDP))
                    .toArray(OtherPort[]::new);
            List<ExportedPort> ports = IntStream.range(base, base + ExportedService.MAX_PORTS)
                    .mapToObj(port -> new ExportedPort(port, "p" + port, AppProtocol.TCP))
                    .toList();
            exports.add(exportOf(cluster, others(cluster, OLD.plusSeconds(number), ports, others)));
        }
        // When
        Merged merged = Merge.of(exports).getFirst();
        // Then who is older has all of his
        assertThat(merged.traits().otherPorts()).hasSize(OtherPort.MOST).allMatch(port -> port.port() <= 64);
        assertThat(merged.service().ports())
                .hasSize(1_024 - ExportedService.MAX_PORTS)
                .anyMatch(port -> port.port() == 1);
        assertThat(FeedCodec.toModel(FeedCodec.toWire(new FeedEntry.Imported(merged.service()))))
                .isEqualTo(new FeedEntry.Imported(merged.service()));
        assertThat(merged.lostBy(new ClusterId("c19"))).isNotEmpty();
    }

    private static ExportedService others(ClusterId cluster, Instant created, OtherPort... others) {
        return others(cluster, created, List.of(WEB), others);
    }

    private static ExportedService others(
            ClusterId cluster, Instant created, List<ExportedPort> ports, OtherPort... others) {
        ExportedService plain = TestFederation.export(CHECKOUT, cluster, created, ports.toArray(ExportedPort[]::new));
        return new ExportedService(
                plain.service(),
                plain.ports(),
                plain.type(),
                plain.affinity(),
                plain.labels(),
                plain.annotations(),
                plain.mode(),
                plain.serverIds(),
                plain.consumers(),
                plain.grants(),
                new ServiceTraits(
                        OptionalInt.empty(), ServiceTraits.InternalTraffic.CLUSTER, Optional.empty(), List.of(others)),
                created);
    }

    @Test
    void theSameSetGivesTheSameBytesInAnyOrder() {
        for (int seed = 0; seed < Seeds.upTo(500); seed++) {
            var random = new Random(seed);
            List<Export> exports = randomExports(random);
            List<Merged> expected = Merge.of(exports);
            Collections.shuffle(exports, random);
            List<Merged> again = Merge.of(exports);
            assertThat(again).as("seed %d", seed).isEqualTo(expected);
            assertThat(bytes(again)).as("seed %d", seed).isEqualTo(bytes(expected));
        }
    }

    @Test
    void noUnionHasANumberTwiceAndEveryPortHasASource() {
        for (int seed = 0; seed < Seeds.upTo(500); seed++) {
            for (Merged merged : Merge.of(randomExports(new Random(seed)))) {
                var numbers = new HashSet<Integer>();
                ImportedService service = merged.service();
                service.ports().forEach(port -> {
                    assertThat(numbers.add(port.port())).isTrue();
                    assertThat(service.sources())
                            .anyMatch(source -> source.ports().contains(port.port()));
                });
                service.sources().forEach(source -> assertThat(numbers).containsAll(source.ports()));
            }
        }
    }

    private static List<Export> randomExports(Random random) {
        var exports = new ArrayList<Export>();
        for (ClusterId cluster : List.of(EAST, WEST, SOUTH, new ClusterId("north"))) {
            for (String name : List.of("a", "b", "c")) {
                if (random.nextInt(3) > 0) {
                    var service = new ServiceName("shop", name);
                    Instant created = FOUNDED.plusSeconds(random.nextInt(3));
                    exports.add(
                            exportOf(cluster, TestFederation.export(service, cluster, created, randomPorts(random))));
                }
            }
        }
        return exports;
    }

    private static ExportedPort[] randomPorts(Random random) {
        List<String> names = new ArrayList<>(List.of("", "web", "admin", "grpc"));
        List<Integer> numbers = new ArrayList<>(List.of(80, 81, 8_080, 9_000));
        Collections.shuffle(names, random);
        Collections.shuffle(numbers, random);
        var ports = new ExportedPort[1 + random.nextInt(3)];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = new ExportedPort(numbers.get(i), names.get(i), AppProtocol.values()[random.nextInt(4)]);
        }
        return ports;
    }

    private static List<ByteString> bytes(List<Merged> merged) {
        return merged.stream()
                .map(each ->
                        FeedCodec.toWire(new FeedEntry.Imported(each.service())).toByteString())
                .toList();
    }

    private static Merged one(Export... exports) {
        List<Merged> merged = Merge.of(List.of(exports));
        assertThat(merged).hasSize(1);
        return merged.getFirst();
    }

    private static ImportedService.Source source(Merged merged, ClusterId cluster) {
        return merged.service().sources().stream()
                .filter(source -> source.cluster().equals(cluster))
                .findFirst()
                .orElseThrow();
    }

    private static Export export(ClusterId cluster, Instant created, ExportedPort... ports) {
        return exportOf(cluster, TestFederation.export(CHECKOUT, cluster, created, ports));
    }

    private static Export exportOf(ClusterId cluster, ExportedService service) {
        return new Export(cluster, Locality.UNKNOWN, service, FOUNDED, FOUNDED.plusSeconds(9_999), Optional.empty());
    }
}
