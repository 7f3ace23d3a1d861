package io.tombolo.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.JoinToken;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Entries of a feed and texts of tokens that are almost right give a value or a fault with a code, never anything else. */
class FeedFuzzTest {
    private static final int ROUNDS = Boolean.getBoolean("tombolo.deep") ? 200_000 : 8_000;

    @Test
    void anEntryIsReadToTheSameAgainOrRefused() {
        List<FeedEntry> good = FeedCodecTest.everything();
        int read = 0;
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            byte[] bytes =
                    changed(FeedCodec.toWire(good.get(seed % good.size())).toByteArray(), random);
            try {
                FeedEntry entry = FeedCodec.toModel(Entry.parseFrom(bytes));
                assertThat(FeedCodec.toModel(FeedCodec.toWire(entry)))
                        .as("seed %s", seed)
                        .isEqualTo(entry);
                read++;
            } catch (TomboloException refused) {
                assertThat(refused.fault().code()).as("seed %s", seed).startsWith("TB-");
            } catch (InvalidProtocolBufferException noMessage) {
                assertThat(noMessage).as("seed %s", seed).isNotNull();
            }
        }
        assertThat(read).as("some are still entries, else this shows nothing").isPositive();
    }

    @Test
    void aTokenTextIsATokenOrRefused() {
        String good = TokenText.write(
                JoinToken.newBuilder().setCluster("west").setExpiresAtMs(7).build());
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            byte[] bytes = changed(good.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), random);
            String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
            try {
                assertThat(TokenText.join(text).getCluster())
                        .as("seed %s", seed)
                        .isEqualTo("west");
            } catch (TomboloException refused) {
                assertThat(refused.fault().code()).as("seed %s", seed).isEqualTo("TB-4001");
            }
        }
    }

    /** One to three bytes changed, or the end cut off. */
    private static byte[] changed(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            if (random.nextInt(6) == 0) {
                bytes = java.util.Arrays.copyOf(bytes, at);
            } else {
                bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : random.nextInt());
            }
        }
        return bytes;
    }
}
