package io.tombolo.dataplane.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section by section: "Kubernetes DNS-Based Multicluster Service Discovery" 1.0.0, by its own examples. */
class ClustersetSpecificationTest {
    private static final ServiceName MYSERVICE = new ServiceName("test", "myservice");
    private static final ServiceName HEADLESS = new ServiceName("test", "headless");
    private static final ServiceName IDLE = new ServiceName("test", "idle");
    private static final ServiceName ELSEWHERE = new ServiceName("test", "elsewhere");
    private static final ServiceName PLACELESS = new ServiceName("test", "placeless");
    private static final List<ExportedPort> PORTS = List.of(
            new ExportedPort(443, "https", AppProtocol.TCP),
            new ExportedPort(80, "http", AppProtocol.HTTP),
            new ExportedPort(9000, "", AppProtocol.TCP));

    private static final int SEEDS = Boolean.getBoolean("tombolo.deep") ? 200_000 : 10_000;

    private final FakeDirectory directory = new FakeDirectory(Map.of(
            MYSERVICE, new Known.Whole(PORTS, addresses("10.42.42.42", "2001:db8::1")),
            HEADLESS,
                    new Known.Instances(
                            PORTS,
                            List.of(
                                    pet("my-pet-1", "cluster-a", "10.3.0.100", "2001:db8::1"),
                                    pet("my-pet-2", "cluster-a", "10.10.10.10"),
                                    pet("my-pet-1", "cluster-b", "10.10.10.11", "2001:db8::3")),
                            false),
            IDLE, new Known.Instances(PORTS, List.of(), false),
            ELSEWHERE, new Known.Instances(PORTS, List.of(), true),
            PLACELESS, new Known.Whole(PORTS, List.of())));
    private final ClustersetZone zone = new ClustersetZone(directory);

    /** What is known, by hand. */
    private static final class FakeDirectory implements Directory {
        private final Map<ServiceName, Known> services;
        private boolean known = true;

        private FakeDirectory(Map<ServiceName, Known> services) {
            this.services = new HashMap<>(services);
        }

        @Override
        public boolean isKnown() {
            return known;
        }

        @Override
        public long serial() {
            return 7;
        }

        @Override
        public boolean hasNamespace(String namespace) {
            return services.keySet().stream()
                    .anyMatch(service -> service.namespace().equals(namespace));
        }

        @Override
        public CompletableFuture<Known> look(ServiceName service, ZoneName.Below asked) {
            return CompletableFuture.completedFuture(services.getOrDefault(service, new Known.Nothing()));
        }
    }

    private static List<InetAddress> addresses(String... literals) {
        return Stream.of(literals).map(InetAddress::ofLiteral).toList();
    }

    private static Known.Host pet(String name, String cluster, String... literals) {
        return new Known.Host(List.of(name), new ClusterId(cluster), addresses(literals));
    }

    private Questions.Answer ask(String name, int type) {
        return ask(Questions.plain(name, type), 512);
    }

    private Questions.Answer ask(byte[] question, int most) {
        Query query = ((Read.Asked) QueryReader.read(question)).query();
        return Questions.read(ReplyWriter.write(query, zone.ask(query).join(), zone.serial(), most), question, most);
    }

    private static int type(String word) {
        return switch (word) {
            case "A" -> Questions.A;
            case "AAAA" -> Questions.AAAA;
            case "SRV" -> Questions.SRV;
            case "TXT" -> Questions.TXT;
            case "PTR" -> 12;
            default -> Questions.ANY;
        };
    }

    @ParameterizedTest(name = "{0}: {1} {2} = {3}")
    @CsvSource(delimiter = '|', textBlock = """
        §2.2   | dns-version.clusterset.local | TXT | 1.0.0
        §2.3.1 | myservice.test.svc.clusterset.local | A | 10.42.42.42
        §2.3.1 | myservice.test.svc.clusterset.local | AAAA | 2001:db8:0:0:0:0:0:1
        §2.3.2 | _https._tcp.myservice.test.svc.clusterset.local | SRV | 0 100 443 myservice.test.svc.clusterset.local
        §2.4.1 | headless.test.svc.clusterset.local | A | 10.3.0.100, 10.10.10.10, 10.10.10.11
        §2.4.1 | my-pet-1.cluster-a.headless.test.svc.clusterset.local | A | 10.3.0.100
        §2.4.1 | headless.test.svc.clusterset.local | AAAA | 2001:db8:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:3
        §2.4.1 | my-pet-1.cluster-b.headless.test.svc.clusterset.local | AAAA | 2001:db8:0:0:0:0:0:3
        §2.4.2 | _https._tcp.headless.test.svc.clusterset.local | SRV | \
        0 100 443 my-pet-1.cluster-a.headless.test.svc.clusterset.local, \
        0 100 443 my-pet-2.cluster-a.headless.test.svc.clusterset.local, \
        0 100 443 my-pet-1.cluster-b.headless.test.svc.clusterset.local
        """)
    void recordsThatMustExist(String section, String name, String type, String expected) {
        // When
        Questions.Answer answer = ask(name, type(type));
        // Then
        assertThat(answer.rcode()).isZero();
        assertThat(answer.isAuthoritative()).isTrue();
        assertThat(answer.isTruncated()).isFalse();
        assertThat(String.join(", ", answer.answers())).isEqualTo(expected);
        assertThat(answer.ttl()).isEqualTo(section.equals("§2.2") ? 28_800 : 5);
    }

    @ParameterizedTest(name = "{0}: {1} {2} is {3}")
    @CsvSource(delimiter = '|', textBlock = """
        §2.2           | dns-version.clusterset.local | A | NODATA
        §2.3.2 unnamed | _9000._tcp.myservice.test.svc.clusterset.local | SRV | NXDOMAIN
        §2.3.2         | __tcp.myservice.test.svc.clusterset.local | SRV | NXDOMAIN
        §2.3.2         | _https._udp.myservice.test.svc.clusterset.local | SRV | NXDOMAIN
        §2.3.2         | https._tcp.myservice.test.svc.clusterset.local | SRV | NXDOMAIN
        §2.3.2         | _https._tcp.myservice.test.svc.clusterset.local | A | NODATA
        §2.3.2         | _tcp.myservice.test.svc.clusterset.local | SRV | NODATA
        §2.3.3 below   | 42.42.42.10.in-addr.arpa | PTR | REFUSED
        §2.3.4         | cluster-a.myservice.test.svc.clusterset.local | A | NXDOMAIN
        §2.3.4         | my-pet-1.cluster-a.myservice.test.svc.clusterset.local | A | NXDOMAIN
        §2.4.1 none    | idle.test.svc.clusterset.local | A | NXDOMAIN
        §2.4.1 none    | idle.test.svc.clusterset.local | AAAA | NXDOMAIN
        §2.4.1 none    | _https._tcp.idle.test.svc.clusterset.local | SRV | NXDOMAIN
        §2.4.1 family  | my-pet-2.cluster-a.headless.test.svc.clusterset.local | AAAA | NODATA
        §2.4.1         | my-pet-2.cluster-b.headless.test.svc.clusterset.local | A | NXDOMAIN
        §2.4.1         | _tcp.cluster-a.headless.test.svc.clusterset.local | A | NXDOMAIN
        §2.4.4         | cluster-a.headless.test.svc.clusterset.local | A | NODATA
        §2.4.4         | cluster-a.headless.test.svc.clusterset.local | SRV | NODATA
        §2.4.4         | cluster-c.headless.test.svc.clusterset.local | A | NXDOMAIN
        §2.4.4         | cluster-a.idle.test.svc.clusterset.local | A | NXDOMAIN
        not known here | elsewhere.test.svc.clusterset.local | A | NODATA
        not known here | placeless.test.svc.clusterset.local | A | NODATA
        other names    | nobody.test.svc.clusterset.local | A | NXDOMAIN
        other names    | a.b.c.headless.test.svc.clusterset.local | A | NXDOMAIN
        other names    | pod.clusterset.local | A | NXDOMAIN
        other names    | test.svc.clusterset.local | A | NODATA
        """)
    void recordsThatMustNotExist(String section, String name, String type, String expected) {
        // When
        Questions.Answer answer = ask(name, type(type));
        // Then
        String found = answer.rcode() == 5 ? "REFUSED" : answer.rcode() == 3 ? "NXDOMAIN" : "NODATA";
        assertThat(found).isEqualTo(expected);
        assertThat(answer.answers()).isEmpty();
        assertThat(answer.soa()).isEqualTo(answer.rcode() != 5);
        assertThat(answer.ttl()).isLessThanOrEqualTo(5);
    }

    @Test
    void whereAServerNameLeadsIsSaidAsWell() {
        assertThat(ask("_https._tcp.myservice.test.svc.clusterset.local", Questions.SRV)
                        .additional())
                .containsExactly(
                        "myservice.test.svc.clusterset.local 10.42.42.42",
                        "myservice.test.svc.clusterset.local 2001:db8:0:0:0:0:0:1");
        assertThat(ask("_http._tcp.headless.test.svc.clusterset.local", Questions.SRV)
                        .additional())
                .contains("my-pet-2.cluster-a.headless.test.svc.clusterset.local 10.10.10.10");
        assertThat(ask("_http._tcp.placeless.test.svc.clusterset.local", Questions.SRV)
                        .answers())
                .hasSize(1);
    }

    @Test
    void ofManyInstancesBothFamiliesNameTheSameOnesAndEachHasItsName() {
        // Given
        directory.services.put(
                HEADLESS,
                new Known.Instances(
                        PORTS,
                        IntStream.range(10, 60)
                                .mapToObj(i -> pet("pet-" + i, "west", "10.0.0." + i, "2001:db8::" + i))
                                .toList(),
                        false));
        // Then
        Stream<String> four = ask("headless.test.svc.clusterset.local", Questions.A).answers().stream();
        Stream<String> six = ask("headless.test.svc.clusterset.local", Questions.AAAA).answers().stream();
        assertThat(four.map(address -> address.substring(address.length() - 2)))
                .hasSize(8)
                .containsExactlyElementsOf(six.map(address -> address.substring(address.length() - 2))
                        .toList());
        assertThat(ask("pet-59.west.headless.test.svc.clusterset.local", Questions.A)
                        .answers())
                .containsExactly("10.0.0.59");
    }

    @Test
    void whatDoesNotFitADatagramIsSaidInFullByStream() {
        // Given
        String label = "a".repeat(60);
        directory.services.put(
                HEADLESS,
                new Known.Instances(
                        PORTS,
                        IntStream.range(10, 18)
                                .mapToObj(i -> pet(label + i, "b".repeat(60), "10.0.0." + i))
                                .toList(),
                        false));
        byte[] question = Questions.withEdns("_https._tcp.headless.test.svc.clusterset.local", Questions.SRV, 0);
        // When
        Questions.Answer datagram = ask(question, ReplyWriter.DATAGRAM_BYTES);
        Questions.Answer stream = ask(question, ReplyWriter.STREAM_BYTES);
        // Then
        assertThat(datagram.isTruncated()).isTrue();
        assertThat(datagram.answers()).isEmpty();
        assertThat(datagram.edns()).isTrue();
        assertThat(stream.isTruncated()).isFalse();
        assertThat(stream.answers()).hasSize(8);
        assertThat(stream.additional()).hasSize(8);
    }

    /** A host whose name would be longer than a name can be has none, and is no server either. */
    @Test
    void aNameThatIsTooLongIsNotSaid() {
        // Given
        var service = new ServiceName("n".repeat(63), "s".repeat(63));
        directory.services.put(
                service, new Known.Instances(PORTS, List.of(pet("h".repeat(63), "c".repeat(63), "10.0.0.1")), false));
        // Then
        assertThat(ask("_https._tcp." + service.clustersetName(), Questions.SRV).answers())
                .isEmpty();
        assertThat(ask(service.clustersetName(), Questions.A).answers()).containsExactly("10.0.0.1");
    }

    /** §2.4.2: a server is told by the first of its names that a message has room for, and found by each. */
    @Test
    void oneWithSeveralNamesIsToldByTheFirstThatFits() {
        // Given
        var service = new ServiceName("n".repeat(55), "s".repeat(55));
        String cluster = "c".repeat(60);
        Known.Host host =
                new Known.Host(List.of("h".repeat(63), "i3k7vq2mzta4c"), new ClusterId(cluster), addresses("10.0.0.1"));
        directory.services.put(service, new Known.Instances(PORTS, List.of(host), false));
        directory.services.put(
                HEADLESS,
                new Known.Instances(
                        PORTS,
                        List.of(new Known.Host(
                                List.of("pet-0", "i3k7vq2mzta4c"), new ClusterId("west"), addresses("10.0.0.2"))),
                        false));
        // Then
        assertThat(ask("_https._tcp." + service.clustersetName(), Questions.SRV).answers())
                .containsExactly("0 100 443 i3k7vq2mzta4c." + cluster + "." + service.clustersetName());
        assertThat(ask("_https._tcp.headless.test.svc.clusterset.local", Questions.SRV)
                        .answers())
                .containsExactly("0 100 443 pet-0.west.headless.test.svc.clusterset.local");
        for (String label : List.of("pet-0", "i3k7vq2mzta4c")) {
            assertThat(ask(label + ".west.headless.test.svc.clusterset.local", Questions.A)
                            .answers())
                    .containsExactly("10.0.0.2");
        }
    }

    /** What a forged question is worth to who forges it: it is answered with at most 11 times its bytes. */
    @Test
    void noDatagramIsWorthMoreThanElevenTimesItsQuestion() {
        // Given
        var smallest = new ServiceName("n", "s");
        List<Known.Host> hosts = IntStream.range(10, 60)
                .mapToObj(i -> pet("h".repeat(20) + i, "c", "10.0.0." + i, "2001:db8::" + i))
                .toList();
        var port = new ExportedPort(1, "p", AppProtocol.TCP);
        directory.services.put(smallest, new Known.Instances(List.of(port), hosts, false));
        // When
        double most = Stream.of("s.n.svc", "_p._tcp.s.n.svc", "x.s.n.svc", "dns-version", "q")
                .flatMap(name -> Stream.of("A", "AAAA", "SRV", "TXT", "ANY")
                        .flatMap(type -> Stream.of(
                                Questions.plain(name + ".clusterset.local", type(type)),
                                Questions.withEdns(name + ".clusterset.local", type(type), 0))))
                .mapToDouble(
                        question -> ask(question, ReplyWriter.DATAGRAM_BYTES).bytes() / (double) question.length)
                .max()
                .orElseThrow();
        // Then
        assertThat(most).isBetween(2.0, 11.0);
    }

    @Test
    void whileNothingIsKnownNotEvenTheVersionIsSaid() {
        // Given
        directory.known = false;
        // Then
        assertThat(ask("dns-version.clusterset.local", Questions.TXT).rcode()).isEqualTo(2);
        assertThat(ask("nobody.test.svc.clusterset.local", Questions.A).rcode()).isEqualTo(2);
        assertThat(ask("cluster-a.nobody.test.svc.clusterset.local", Questions.A)
                        .rcode())
                .isEqualTo(2);
    }

    /** The law of RFC 8020: where a name exists, nobody is told that one above it does not; and what is said fits a datagram. */
    @Test
    void aNameAboveOneThatExistsExists() {
        String[] labels = {
            "_https",
            "_http",
            "_tcp",
            "_udp",
            "https",
            "my-pet-1",
            "my-pet-2",
            "cluster-a",
            "cluster-b",
            "myservice",
            "headless",
            "idle",
            "elsewhere",
            "test",
            "svc",
            "dns-version",
            "a-b",
            "x".repeat(63)
        };
        int existing = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            String name = random.nextBoolean() ? "test.svc.clusterset.local" : "clusterset.local";
            boolean above = true;
            for (int i = random.nextInt(6); i >= 0 && name.length() < 180; i--) {
                name = labels[random.nextInt(labels.length)] + "." + name;
                boolean exists = ask(name, Questions.SRV).rcode() == 0;
                assertThat(above || !exists).as("seed %s: %s", seed, name).isTrue();
                assertThat(ask(name, Questions.A).rcode()).as(name).isEqualTo(exists ? 0 : 3);
                above = exists;
                existing += exists ? 1 : 0;
            }
        }
        assertThat(existing).isGreaterThan(100);
    }

    @Test
    void recursionIsNeverOffered() {
        for (String name :
                List.of("myservice.test.svc.clusterset.local", "example.com", "nobody.test.svc.clusterset.local")) {
            assertThat(ask(name, Questions.A).offersRecursion()).isFalse();
        }
    }
}
