package io.tombolo.dataplane.dns;

import static io.tombolo.dataplane.fixture.Configs.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.fixture.Configs;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.OriginFreshness;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.wire.codec.FeedEntry;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a sidecar in east answers for a headless service of east, west and south, and for its instances. */
class HeadlessNamesTest {
    private static final String NAME = "checkout.shop.svc.clusterset.local";
    private static final List<ExportedPort> PORTS = List.of(new ExportedPort(5432, "db", AppProtocol.TCP));
    private static final TestCluster EAST = new TestCluster("east");
    private static final TestCluster WEST = new TestCluster("west");
    private static final TestCluster SOUTH = new TestCluster("south");
    private static final long IN_WEST = 1_000;
    private static final long IN_SOUTH = 2_000;

    private final CurrentConfig config = new CurrentConfig();
    private final Map<Callee, String> book = new LinkedHashMap<>();
    private final Set<Callee> without = new HashSet<>();
    private Instant now = Instant.EPOCH;
    private final ClustersetZone zone = new ClustersetZone(new OwnNames(config, this::address, () -> now));

    private final Map<TestCluster, Optional<ServiceHealth>> health = new LinkedHashMap<>();
    private final List<FeedEntry> more = new ArrayList<>();
    private final List<TestCluster> trusted = new ArrayList<>(List.of(WEST, SOUTH));
    private int here;
    private Optional<InstanceHostname> hereCalled = Optional.empty();

    private CompletableFuture<Optional<Inet4Address>> address(Callee callee, List<ExportedPort> ports) {
        assertThat(ports).isEqualTo(PORTS);
        if (without.contains(callee)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        String literal = book.computeIfAbsent(callee, _ -> "127.64.0." + (book.size() + 1));
        return CompletableFuture.completedFuture(Optional.of((Inet4Address) InetAddress.ofLiteral(literal)));
    }

    private Reply ask(String name, int type) {
        return zone.ask(((Read.Asked) QueryReader.read(Questions.plain(name, type))).query())
                .join();
    }

    /** Whom the addresses of an answer stand for. */
    private List<Callee> callees(String name) {
        return ask(name, Questions.A) instanceof Reply.Found(List<Reply.Answer> answers)
                ? answers.stream()
                        .map(answer -> ((Reply.Answer.Address) answer).address().getHostAddress())
                        .map(this::callee)
                        .toList()
                : List.of();
    }

    private Callee callee(String address) {
        return book.entrySet().stream()
                .filter(given -> given.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private void ready(TestCluster cluster, long... numbers) {
        List<RosterEntry> roster = LongStream.of(numbers)
                .mapToObj(number -> new RosterEntry(InstanceId.of(number), InstanceState.READY, 100, ""))
                .toList();
        health.put(cluster, Optional.of(new ServiceHealth(CHECKOUT, roster.size(), roster.size(), 0, 0, roster)));
    }

    /** Ready instances, each with what it says that it is called. */
    private void called(TestCluster cluster, Map<Long, String> names) {
        List<RosterEntry> roster = names.entrySet().stream()
                .map(one -> new RosterEntry(
                        InstanceId.of(one.getKey()), InstanceState.READY, 100, "", hostname(one.getValue())))
                .toList();
        health.put(cluster, Optional.of(new ServiceHealth(CHECKOUT, roster.size(), roster.size(), 0, 0, roster)));
    }

    private static Optional<InstanceHostname> hostname(String label) {
        return Optional.of(new InstanceHostname(label));
    }

    /** Who is not ready is counted, and not named. */
    private void notReady(TestCluster cluster, int total) {
        health.put(cluster, Optional.of(new ServiceHealth(CHECKOUT, 0, total, 0, 0, List.of())));
    }

    /** Begins from nothing. */
    private void learn() {
        var entries = new ArrayList<FeedEntry>();
        entries.add(Configs.own(EAST, Optional.empty()));
        entries.add(Configs.member(WEST, MemberState.ADMITTED));
        entries.add(Configs.member(SOUTH, MemberState.ADMITTED));
        entries.addAll(more);
        trusted.forEach(cluster -> entries.add(Configs.gateways(cluster, 90, 1, true)));
        var sources = new ArrayList<ImportedService.Source>();
        if (here > 0) {
            sources.add(source(EAST, Optional.empty()));
            for (int number = 1; number <= here; number++) {
                entries.add(new FeedEntry.Local(Configs.instance(EAST, number, InstanceState.READY, hereCalled)));
            }
        }
        health.forEach((cluster, said) -> sources.add(source(cluster, said)));
        entries.add(new FeedEntry.Imported(
                new ImportedService(CHECKOUT, PORTS, ServiceType.HEADLESS, "None", sources, Optional.empty())));
        config.swap(ProxyConfig.of(1, entries));
    }

    private static ImportedService.Source source(TestCluster cluster, Optional<ServiceHealth> said) {
        return new ImportedService.Source(
                cluster.id(),
                Locality.UNKNOWN,
                Set.of(5432),
                Set.of(cluster.workloadId("checkout")),
                ExportMode.PASSTHROUGH,
                said,
                Instant.EPOCH);
    }

    private static Callee one(TestCluster cluster, long number) {
        return new Callee.One(CHECKOUT, cluster.id(), InstanceId.of(number));
    }

    private static String name(TestCluster cluster, long number) {
        return InstanceId.of(number) + "." + cluster.id() + "." + NAME;
    }

    @Test
    void eachInstanceOfEachClusterHasANameAndItsAddressStandsForExactlyIt() {
        // Given
        here = 1;
        ready(WEST, IN_WEST, IN_WEST + 1);
        learn();
        // Then
        assertThat(callees(name(WEST, IN_WEST + 1))).containsExactly(one(WEST, IN_WEST + 1));
        assertThat(callees(name(EAST, 1))).containsExactly(one(EAST, 1));
        assertThat(ask(name(WEST, IN_WEST), Questions.AAAA)).isEqualTo(new Reply.Nothing(true));
        assertThat(book).as("addresses of nobody who was not asked for").hasSize(3);
    }

    @Test
    void whoIsNotThereOrNotReadyOrElsewhereHasNoName() {
        // Given
        ready(WEST, IN_WEST);
        notReady(SOUTH, 1);
        learn();
        // Then
        for (String name : List.of(
                name(WEST, IN_WEST + 1),
                name(SOUTH, IN_WEST),
                name(SOUTH, IN_SOUTH),
                "mysql-0.west." + NAME,
                "south." + NAME)) {
            assertThat(ask(name, Questions.A)).as(name).isEqualTo(new Reply.Nothing(false));
        }
        assertThat(ask("west." + NAME, Questions.A)).isEqualTo(new Reply.Nothing(true));
    }

    @Test
    void theServicesNameIsThatOfItsInstancesTheOwnClustersFirst() {
        // Given
        here = 2;
        ready(SOUTH, IN_SOUTH);
        ready(WEST, IN_WEST);
        learn();
        // Then
        assertThat(callees(NAME)).containsExactly(one(EAST, 1), one(EAST, 2), one(SOUTH, IN_SOUTH), one(WEST, IN_WEST));
        assertThat(ask(NAME, Questions.AAAA)).isEqualTo(new Reply.Nothing(true));
    }

    @Test
    void anAnswerNamesAFewAndWhoAsksLaterHearsOfOthersButAlwaysOfTheOwn() {
        // Given
        here = 3;
        ready(WEST, LongStream.range(IN_WEST, IN_WEST + 60).toArray());
        learn();
        var heard = new HashSet<Callee>();
        // When
        for (int turn = 0; turn < 60; turn++) {
            now = Instant.EPOCH.plusSeconds(5L * turn);
            List<Callee> named = callees(NAME);
            // Then
            assertThat(named)
                    .hasSize(ServiceAnswers.MOST_HOSTS)
                    .doesNotHaveDuplicates()
                    .contains(one(EAST, 1), one(EAST, 2), one(EAST, 3));
            now = now.plusSeconds(4);
            assertThat(callees(NAME)).isEqualTo(named);
            heard.addAll(named);
        }
        assertThat(heard).hasSize(63);
    }

    @Test
    void aNamedPortIsFoundAtTheInstancesByTheirOwnNames() {
        // Given
        here = 1;
        ready(WEST, IN_WEST);
        learn();
        // When
        Reply reply = ask("_db._tcp." + NAME, Questions.SRV);
        // Then
        assertThat(((Reply.Found) reply).answers())
                .containsExactly(
                        new Reply.Answer.Server(5432, name(EAST, 1), given(one(EAST, 1))),
                        new Reply.Answer.Server(5432, name(WEST, IN_WEST), given(one(WEST, IN_WEST))));
        assertThat(ask("_tcp." + NAME, Questions.A)).isEqualTo(new Reply.Nothing(true));
        assertThat(ask("_web._tcp." + NAME, Questions.SRV)).isEqualTo(new Reply.Nothing(false));
    }

    @Test
    void anInstanceIsFoundByItsHostNameAsByItsIdInItsOwnCluster() {
        // Given
        called(WEST, Map.of(IN_WEST, "mysql-0", IN_WEST + 1, "mysql-1"));
        called(SOUTH, Map.of(IN_SOUTH, "mysql-0"));
        learn();
        // Then
        assertThat(callees("mysql-0.west." + NAME)).containsExactly(one(WEST, IN_WEST));
        assertThat(callees("mysql-1.west." + NAME)).containsExactly(one(WEST, IN_WEST + 1));
        assertThat(callees("mysql-0.south." + NAME)).containsExactly(one(SOUTH, IN_SOUTH));
        assertThat(callees(name(WEST, IN_WEST))).containsExactly(one(WEST, IN_WEST));
        assertThat(ask("mysql-0.west." + NAME, Questions.AAAA)).isEqualTo(new Reply.Nothing(true));
        for (String nobodys : List.of("mysql-1.south.", "mysql-2.west.", "mysql-0.east.", "mysql-0.")) {
            assertThat(ask(nobodys + NAME, Questions.A)).as(nobodys).isEqualTo(new Reply.Nothing(false));
        }
    }

    @Test
    void aHostNameStaysWhenTheInstanceIsAnotherOne() {
        // Given
        called(WEST, Map.of(IN_WEST, "mysql-0"));
        learn();
        assertThat(callees("mysql-0.west." + NAME)).containsExactly(one(WEST, IN_WEST));
        // When it comes back as another process
        called(WEST, Map.of(IN_WEST + 7, "mysql-0"));
        learn();
        // Then the address of before is nobody else's
        assertThat(callees("mysql-0.west." + NAME)).containsExactly(one(WEST, IN_WEST + 7));
        assertThat(book.get(one(WEST, IN_WEST))).isNotEqualTo(book.get(one(WEST, IN_WEST + 7)));
    }

    @Test
    void whatTwoInstancesOfOneClusterSayIsNobodysAndTheirIdsStay() {
        // Given
        called(WEST, Map.of(IN_WEST, "mysql-0", IN_WEST + 1, "mysql-0"));
        here = 2;
        hereCalled = Optional.of(new InstanceHostname("mysql-0"));
        learn();
        // Then
        assertThat(ask("mysql-0.west." + NAME, Questions.A)).isEqualTo(new Reply.Nothing(false));
        assertThat(ask("mysql-0.east." + NAME, Questions.A)).isEqualTo(new Reply.Nothing(false));
        assertThat(callees(name(WEST, IN_WEST))).containsExactly(one(WEST, IN_WEST));
        assertThat(callees(name(EAST, 1))).containsExactly(one(EAST, 1));
        // When there is one of them here
        here = 1;
        learn();
        // Then
        assertThat(callees("mysql-0.east." + NAME)).containsExactly(one(EAST, 1));
    }

    @Test
    void aNamedPortIsFoundAtHostNamesAndWhereThereIsNoneAtIds() {
        // Given
        here = 1;
        hereCalled = Optional.of(new InstanceHostname("mysql-0"));
        ready(SOUTH, IN_SOUTH);
        called(WEST, Map.of(IN_WEST, "mysql-0"));
        learn();
        // When
        Reply reply = ask("_db._tcp." + NAME, Questions.SRV);
        // Then
        assertThat(((Reply.Found) reply).answers())
                .containsExactlyInAnyOrder(
                        new Reply.Answer.Server(5432, "mysql-0.east." + NAME, given(one(EAST, 1))),
                        new Reply.Answer.Server(5432, name(SOUTH, IN_SOUTH), given(one(SOUTH, IN_SOUTH))),
                        new Reply.Answer.Server(5432, "mysql-0.west." + NAME, given(one(WEST, IN_WEST))));
    }

    private List<InetAddress> given(Callee callee) {
        return List.of(InetAddress.ofLiteral(book.getOrDefault(callee, "0.0.0.0")));
    }

    @Test
    void nobodyIsSaidNotToBeThereOfAClusterThatDidNotSayWhoIs() {
        // Given
        health.put(WEST, Optional.empty());
        ready(SOUTH);
        learn();
        // Then whoever it has is found by the service's own address
        assertThat(callees(NAME)).containsExactly(new Callee.Anyone(CHECKOUT));
        assertThat(ask(name(WEST, IN_WEST), Questions.A)).isEqualTo(new Reply.Failure(Rcode.SERVFAIL));
        assertThat(ask("west." + NAME, Questions.A)).isEqualTo(new Reply.Failure(Rcode.SERVFAIL));
        assertThat(ask(name(SOUTH, IN_SOUTH), Questions.A)).isEqualTo(new Reply.Nothing(false));
    }

    @Test
    void thereIsNoSuchNameWhenAllSaidThatNobodyIsReady() {
        // Given
        ready(WEST);
        ready(SOUTH);
        learn();
        // Then
        assertThat(ask(NAME, Questions.A)).isEqualTo(new Reply.Nothing(false));
    }

    @Test
    void aClusterWhoseWordIsTooOldOrThatIsNotTrustedYetIsNamedForAllOnlyIfNobodyElseIs() {
        // Given
        ready(WEST, IN_WEST);
        ready(SOUTH, IN_SOUTH);
        trusted.remove(WEST);
        learn();
        // Then
        assertThat(callees(NAME)).containsExactly(one(SOUTH, IN_SOUTH));
        assertThat(callees(name(WEST, IN_WEST))).containsExactly(one(WEST, IN_WEST));
        // When
        expired(SOUTH, false);
        // Then
        assertThat(callees(NAME)).containsExactlyInAnyOrder(one(SOUTH, IN_SOUTH), one(WEST, IN_WEST));
        // When it is this cluster that hears of nobody
        more.clear();
        expired(SOUTH, true);
        // Then
        assertThat(callees(NAME)).containsExactly(one(SOUTH, IN_SOUTH));
    }

    private void expired(TestCluster cluster, boolean selfCutOff) {
        more.add(new FeedEntry.Fresh(new OriginFreshness(cluster.id(), Freshness.EXPIRED, selfCutOff)));
        learn();
    }

    @Test
    void whoseAddressCannotBeHadIsLeftOutUntilThereIsNobodyElse() {
        // Given
        here = 1;
        ready(WEST, IN_WEST);
        learn();
        without.add(one(EAST, 1));
        // Then
        assertThat(callees(NAME)).containsExactly(one(WEST, IN_WEST));
        assertThat(ask(name(EAST, 1), Questions.A)).isEqualTo(new Reply.Failure(Rcode.SERVFAIL));
        // When
        without.add(one(WEST, IN_WEST));
        // Then
        assertThat(ask(NAME, Questions.A)).isEqualTo(new Reply.Failure(Rcode.SERVFAIL));
    }

    @Test
    void beforeTheFirstConfigurationNothingIsSaid() {
        assertThat(ask(name(WEST, IN_WEST), Questions.A)).isEqualTo(new Reply.Failure(Rcode.SERVFAIL));
    }

    @Test
    void anAddressIsAnInstancesAsLongAsItMayBeThereReadyOrNot() {
        // Given
        here = 1;
        ready(WEST, IN_WEST);
        learn();
        // Then
        assertThat(kept(one(EAST, 1), one(WEST, IN_WEST))).hasSize(2);
        assertThat(kept(one(EAST, 2), one(WEST, IN_WEST + 1), one(SOUTH, IN_SOUTH)))
                .isEmpty();
        // When west says nothing of its instances any more
        health.put(WEST, Optional.empty());
        learn();
        // Then
        assertThat(kept(one(WEST, IN_WEST))).hasSize(1);
        // When one is not ready
        notReady(WEST, 1);
        learn();
        // Then
        assertThat(kept(one(WEST, IN_WEST))).hasSize(1);
        // When nobody is there
        notReady(WEST, 0);
        learn();
        // Then
        assertThat(kept(one(WEST, IN_WEST))).isEmpty();
        // When it is there, but the cluster is put out
        ready(WEST, IN_WEST);
        more.add(Configs.member(WEST, MemberState.EVICTED));
        learn();
        // Then
        assertThat(kept(one(WEST, IN_WEST))).isEmpty();
    }

    private List<Callee> kept(Callee... callees) {
        return Stream.of(callees)
                .filter(callee -> OwnNames.ports(config.get(), callee).isPresent())
                .toList();
    }
}
