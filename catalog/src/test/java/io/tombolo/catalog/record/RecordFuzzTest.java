package io.tombolo.catalog.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.EveryKind;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.testing.Fuzz;
import io.tombolo.wire.log.Log;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever the backbone gives for a record is a record that reads to the same again, or refused with a code. */
class RecordFuzzTest {
    @Test
    void anEnvelopeIsReadToTheSameAgainOrRefused() {
        List<SignedRecord> good = EveryKind.records();
        Fuzz fuzz = Fuzz.of(RecordFuzzTest.class, "record");
        good.forEach(record -> fuzz.with(record.kafkaValue()));
        fuzz.spicedWith("\\x00", "\\xff\\xff\\xff\\xff\\x0f", "\\xc2\\x3e\\x00", "\\x0a\\x00", "\\x08\\x00")
                .rounds(6_000, input -> {
                    SignedRecord beside = good.get(input.random().nextInt(good.size()));
                    look(beside.log(), beside.kafkaKey(), input.bytes());
                    for (Log log : List.of(Log.LOG_CATALOG, Log.LOG_MEMBERS)) {
                        look(log, beside.kafkaKey(), input.bytes());
                    }
                });
    }

    private static void look(Log log, byte[] key, byte[] value) {
        try {
            SignedRecord read = RecordReader.read(log, key, value);
            assertThat(RecordReader.read(log, read.kafkaKey(), read.kafkaValue()))
                    .isEqualTo(read);
        } catch (TomboloException refused) {
            assertThat(refused.fault().code()).startsWith("TB-3");
        }
    }
}
