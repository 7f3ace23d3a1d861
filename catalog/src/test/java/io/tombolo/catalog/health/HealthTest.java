package io.tombolo.catalog.health;

import static io.tombolo.catalog.TestFederation.FOUNDED;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.record.RecordFormat;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final TestFederation federation = TestFederation.with(WEST);
    private long counter;
    private OriginHealth read = OriginHealth.UNKNOWN;

    @Test
    void changesAreMergedAndWhatIsAbsentFromAFullBatchIsUnknown() {
        apply(full(state(service("a", 1), service("b", 1))));
        apply(signed(false, HealthBatches.changes(read.services(), state(service("a", 0), service("b", 1)))));
        assertThat(read.of(name("a")).orElseThrow().ready()).isZero();
        assertThat(read.of(name("b")).orElseThrow().ready()).isEqualTo(1);
        apply(full(state(service("b", 1))));
        assertThat(read.of(name("a"))).isEmpty();
    }

    @Test
    void nothingIsSentWhenNothingChanged() {
        assertThat(HealthBatches.changes(state(service("a", 1)), state(service("a", 1))))
                .isEmpty();
    }

    @Test
    void aServiceThatIsGoneHasNoInstanceRatherThanItsLastOnes() {
        apply(full(state(service("a", 1))));
        apply(signed(false, HealthBatches.changes(read.services(), Map.of())));
        assertThat(read.of(name("a")).orElseThrow().total()).isZero();
    }

    @Test
    void anOlderBatchIsRefusedAndTheSameOneChangesNothing() {
        List<SignedRecord> first = full(state(service("a", 1)));
        List<SignedRecord> second = full(state(service("a", 0)));
        apply(second);
        assertThat(read.apply(federation.members().verify(first.getFirst())).verdict())
                .isInstanceOf(Verdict.Refused.class);
        assertThat(read.apply(federation.members().verify(second.getFirst())).verdict())
                .isEqualTo(Verdict.KNOWN);
    }

    @Test
    void aStateThatIsTooLargeForOneRecordGoesAsSeveralAndNothingBecomesUnknown() {
        var large = new TreeMap<ServiceName, ServiceHealth>();
        for (int i = 0; i < 300; i++) {
            large.put(name("s" + i), service("s" + i, 64));
        }
        List<SignedRecord> records = full(large);
        assertThat(records).hasSizeGreaterThan(3);
        assertThat(records).allMatch(record -> record.kafkaValue().length <= RecordFormat.MAX_RECORD_BYTES);
        for (SignedRecord record : records) {
            apply(List.of(record));
        }
        apply(full(large).subList(0, 1));
        assertThat(read.services()).hasSize(300);
    }

    private List<SignedRecord> full(Map<ServiceName, ServiceHealth> services) {
        return signed(true, List.copyOf(services.values()));
    }

    private List<SignedRecord> signed(boolean full, List<ServiceHealth> services) {
        var batches = HealthBatches.of(full, services, List.of(), counter + 1);
        counter += batches.size();
        return batches.stream()
                .map(batch -> federation.signer(WEST).sign(batch, 1, batch.counter(), FOUNDED))
                .toList();
    }

    private void apply(List<SignedRecord> records) {
        for (SignedRecord record : records) {
            var applied = read.apply(federation.members().verify(record));
            assertThat(applied.verdict()).isEqualTo(Verdict.CHANGED);
            read = applied.state();
        }
    }

    private static Map<ServiceName, ServiceHealth> state(ServiceHealth... services) {
        var state = new TreeMap<ServiceName, ServiceHealth>();
        for (ServiceHealth service : services) {
            state.put(service.service(), service);
        }
        return state;
    }

    private static ServiceHealth service(String name, int ready) {
        List<RosterEntry> roster = LongStream.range(0, ready)
                .mapToObj(i -> new RosterEntry(InstanceId.of(i), InstanceState.READY, 100, "zone-a"))
                .toList();
        return new ServiceHealth(name(name), ready, Math.max(1, ready), 0, 0, roster);
    }

    private static ServiceName name(String name) {
        return new ServiceName("shop", name);
    }
}
