package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.testing.Fuzz;
import io.tombolo.wire.feed.Entry;
import org.junit.jupiter.api.Test;

/** Entries of a feed that are almost right give a value or a fault with a code, never anything else. */
class FeedFuzzTest {
    private int read;

    @Test
    void anEntryIsReadToTheSameAgainOrRefused() {
        Fuzz fuzz = Fuzz.of(FeedFuzzTest.class, "feed-entry");
        FeedCodecTest.everything()
                .forEach(entry -> fuzz.with(FeedCodec.toWire(entry).toByteArray()));
        fuzz.spicedWith(
                        "\\x00",
                        "\\x0a\\x00",
                        "\\xff\\xff\\xff\\xff\\x0f",
                        "\\xc2\\x3e\\x00",
                        "\\x08\\x63",
                        "east",
                        "*")
                .rounds(8_000, input -> look(input.bytes()));
        assertThat(read).as("some are still entries, else this shows nothing").isPositive();
    }

    private void look(byte[] bytes) {
        try {
            FeedEntry entry = FeedCodec.toModel(Entry.parseFrom(bytes));
            assertThat(FeedCodec.toModel(FeedCodec.toWire(entry))).isEqualTo(entry);
            read++;
        } catch (TomboloException refused) {
            assertThat(refused.fault().code()).startsWith("TB-");
        } catch (InvalidProtocolBufferException noMessage) {
            assertThat(noMessage).isNotNull();
        }
    }
}
