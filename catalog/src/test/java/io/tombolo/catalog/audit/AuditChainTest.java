package io.tombolo.catalog.audit;

import static io.tombolo.catalog.TestFederation.FOUNDED;
import static io.tombolo.catalog.TestFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditChainTest {
    private final TestFederation federation = TestFederation.with(WEST);

    @Test
    void everyEntryFollowsTheOneBefore() {
        AuditChain read = AuditChain.EMPTY;
        for (SignedRecord entry : entries(3)) {
            var applied = read.apply(federation.members().verify(entry));
            assertThat(applied.verdict()).isEqualTo(Verdict.CHANGED);
            read = applied.state();
        }
        assertThat(read.index()).isEqualTo(3);
    }

    @Test
    void anEntryThatWasReplacedOrComesLateIsRefused() {
        List<SignedRecord> entries = entries(2);
        var forged = new AuditChain(1, ByteString.copyFrom(new byte[32]));
        var read = forged.apply(federation.members().verify(entries.getLast()));
        assertThat(read.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.DIGEST_MISMATCH));
        AuditChain end = AuditChain.EMPTY.then(entries.getFirst()).then(entries.getLast());
        assertThat(end.apply(federation.members().verify(entries.getFirst())).verdict())
                .isInstanceOf(Verdict.Refused.class);
        assertThat(end.apply(federation.members().verify(entries.getLast())).verdict())
                .isEqualTo(Verdict.KNOWN);
    }

    private List<SignedRecord> entries(int count) {
        var entries = new ArrayList<SignedRecord>();
        AuditChain chain = AuditChain.EMPTY;
        for (int i = 0; i < count; i++) {
            SignedRecord entry =
                    chain.next(federation.signer(WEST), 1, "admin", "member.evict", "south", Map.of("n", "1"), FOUNDED);
            chain = chain.then(entry);
            entries.add(entry);
        }
        return entries;
    }
}
