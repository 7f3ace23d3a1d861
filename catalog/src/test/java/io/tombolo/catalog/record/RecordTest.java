package io.tombolo.catalog.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.tombolo.catalog.EveryKind;
import io.tombolo.catalog.TestFederation;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.log.Envelope;
import io.tombolo.wire.log.ExportedService;
import io.tombolo.wire.log.Kind;
import io.tombolo.wire.log.Log;
import io.tombolo.wire.log.SignedEnvelope;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RecordTest {
    private static final SignedRecord EXPORT = EveryKind.records().stream()
            .filter(record -> record.payload() instanceof Payload.Export)
            .findFirst()
            .orElseThrow();

    @Test
    void everyKindReadsBackFromItsKafkaRecord() {
        for (SignedRecord record : EveryKind.records()) {
            SignedRecord read = RecordReader.read(record.log(), record.kafkaKey(), record.kafkaValue());
            assertThat(read).isEqualTo(record);
            assertThat(read.payload()).isEqualTo(record.payload());
            assertThat(read.hash()).isEqualTo(record.hash());
        }
        assertThat(EveryKind.records().stream().map(SignedRecord::payload).toList())
                .containsAll(EveryKind.payloads());
    }

    @Test
    void anyFlippedByteIsRefused() {
        MembersLog members = TestFederation.with(TestFederation.WEST).members();
        var random = new Random(1);
        for (SignedRecord record : EveryKind.records()) {
            if (record.log() == Log.LOG_MEMBERS) {
                continue;
            }
            byte[] value = record.kafkaValue();
            for (int i = 0; i < value.length; i++) {
                byte[] flipped = value.clone();
                flipped[i] ^= (byte) (1 << random.nextInt(8));
                assertThatThrownBy(() -> members.verify(RecordReader.read(record.log(), record.kafkaKey(), flipped)))
                        .as("%s byte %d", record, i)
                        .isInstanceOf(TomboloException.class);
            }
        }
    }

    @Test
    void aBareTombstoneMeansNothing() {
        assertRefused(Fault.BARE_TOMBSTONE, () -> RecordReader.read(Log.LOG_CATALOG, EXPORT.kafkaKey(), null));
    }

    @Test
    void aRecordUnderAnothersKeyOrInAnotherLogIsRefused() {
        byte[] other = "exported-service/shop/other".getBytes(StandardCharsets.UTF_8);
        assertRefused(Fault.WRONG_KEY, () -> RecordReader.read(Log.LOG_CATALOG, other, EXPORT.kafkaValue()));
        assertRefused(Fault.WRONG_KEY, () -> RecordReader.read(Log.LOG_CATALOG, null, EXPORT.kafkaValue()));
        assertRefused(Fault.WRONG_KEY, () -> RecordReader.read(Log.LOG_HEALTH, EXPORT.kafkaKey(), EXPORT.kafkaValue()));
        assertRefused(
                Fault.WRONG_KEY,
                () -> RecordReader.reopen(changed(envelope -> envelope.setKey("exported-service/shop/other"))));
    }

    @Test
    void aRecordThatIsTooLargeIsNotEvenParsed() {
        assertRefused(
                Fault.RECORD_TOO_LARGE,
                () -> RecordReader.read(
                        Log.LOG_CATALOG, EXPORT.kafkaKey(), new byte[RecordFormat.MAX_RECORD_BYTES + 1]));
        assertRefused(
                Fault.RECORD_TOO_LARGE,
                () -> RecordReader.read(Log.LOG_PULSE, EXPORT.kafkaKey(), new byte[RecordFormat.MAX_PULSE_BYTES + 1]));
    }

    @Test
    void anUnknownCriticalFieldInAnyMessageRefusesTheRecordAndOtherUnknownFieldsDoNot() throws Exception {
        ExportedService export = ExportedService.parseFrom(envelope().getPayload());
        for (int number : new int[] {999, 1_000, 1_999, 2_000}) {
            ExportedService.Builder nested = export.toBuilder();
            nested.getPortsBuilder(0).setUnknownFields(unknown(number));
            SignedEnvelope inPayload = changed(e -> e.setPayload(nested.build().toByteString()));
            SignedEnvelope inEnvelope = changed(e -> e.setUnknownFields(unknown(number)));
            SignedEnvelope outside = EXPORT.signed().toBuilder()
                    .setUnknownFields(unknown(number))
                    .build();
            for (SignedEnvelope signed : new SignedEnvelope[] {inPayload, inEnvelope, outside}) {
                if (number == 1_000 || number == 1_999) {
                    assertRefused(Fault.UNKNOWN_CRITICAL_FIELD, () -> RecordReader.reopen(signed));
                } else {
                    assertThat(RecordReader.reopen(signed).payload()).isEqualTo(EXPORT.payload());
                }
            }
        }
    }

    @Test
    void unknownValuesOfSecurityFieldsAreRefused() throws Exception {
        ExportedService export = ExportedService.parseFrom(envelope().getPayload());
        ByteString mode = export.toBuilder().setModeValue(9).build().toByteString();
        ByteString id = export.toBuilder().setServerIds(0, "spiffe://x").build().toByteString();
        ByteString consumer = export.toBuilder()
                .addConsumers(io.tombolo.wire.log.Consumer.newBuilder().setSpiffeId("anybody"))
                .build()
                .toByteString();
        for (ByteString payload : new ByteString[] {mode, id, consumer}) {
            assertRefused(Fault.MALFORMED_RECORD, () -> RecordReader.reopen(changed(e -> e.setPayload(payload))));
        }
        assertRefused(Fault.MALFORMED_RECORD, () -> RecordReader.reopen(changed(e -> e.setLogValue(9))));
    }

    @Test
    void aKindOfANewerVersionIsKeptButSaysNothing() {
        SignedRecord read = RecordReader.reopen(changed(e -> e.setKindValue(900).setKey("future/x")));
        assertThat(read.payload()).isInstanceOf(Payload.Unknown.class);
        assertThat(read.kind()).isEqualTo(Kind.UNRECOGNIZED);
    }

    @Test
    void randomBytesAreRefusedWithACodeOfTheLog() {
        var random = new Random(2);
        for (int i = 0; i < 500; i++) {
            byte[] value = new byte[random.nextInt(400)];
            random.nextBytes(value);
            if (value.length > 4 && i % 2 == 0) {
                System.arraycopy(RecordFormat.MAGIC, 0, value, 0, 4);
            }
            assertThatThrownBy(() -> RecordReader.read(Log.LOG_CATALOG, EXPORT.kafkaKey(), value))
                    .isInstanceOfSatisfying(
                            TomboloException.class,
                            e -> assertThat(e.fault().code()).startsWith("TB-3"));
        }
    }

    @Test
    void refusalsAreCountedByOriginAndCodeAndBounded() {
        Refusals refusals = Refusals.NONE;
        for (int i = 0; i < Refusals.MAX_ROWS + 10; i++) {
            refusals = refusals.plus("c" + i, new Verdict.Refused(Fault.OLD_RECORD, "x"), TestFederation.FOUNDED);
        }
        assertThat(refusals.rows()).hasSize(Refusals.MAX_ROWS + 1);
        assertThat(refusals.count("other", Fault.OLD_RECORD)).isEqualTo(10);
        assertThat(refusals.count("c1", Fault.OLD_RECORD)).isEqualTo(1);
    }

    private static Envelope envelope() throws Exception {
        return Envelope.parseFrom(EXPORT.signed().getEnvelope());
    }

    private static SignedEnvelope changed(UnaryOperator<Envelope.Builder> change) {
        try {
            ByteString bytes = change.apply(envelope().toBuilder()).build().toByteString();
            return EXPORT.signed().toBuilder().setEnvelope(bytes).build();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static UnknownFieldSet unknown(int number) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        number, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
    }

    private static void assertRefused(Fault fault, org.assertj.core.api.ThrowableAssert.ThrowingCallable read) {
        assertThatThrownBy(read)
                .isInstanceOfSatisfying(
                        TomboloException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
