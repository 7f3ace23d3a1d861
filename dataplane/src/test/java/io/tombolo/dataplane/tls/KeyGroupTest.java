package io.tombolo.dataplane.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a server's first bytes say of the key exchange (RFC 8446 §4.1.3, §4.1.4, §4.2.8). */
class KeyGroupTest {
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    private static final String RANDOM = "11".repeat(32);
    private static final String VERSIONS = "002b00020304";
    private static final String CHANGE_CIPHER_SPEC = "140303000101";

    /** A record with a ServerHello; its session id has two bytes. */
    private static String hello(String random, String extensions) {
        String body = "0303" + random + "02aabb" + "1301" + "00" + length(extensions) + extensions;
        String message = "02" + "00" + length(body) + body;
        return "160303" + length(message) + message;
    }

    private static String length(String hex) {
        return HexFormat.of().toHexDigits((short) (hex.length() / 2));
    }

    private static OptionalInt in(String hex) {
        return KeyGroup.in(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static final String X25519 = hello(RANDOM, VERSIONS + "00330024001d0020" + "22".repeat(32));

    @Test
    void theGroupIsFoundWhereverBytesAreCut() {
        byte[] whole = HexFormat.of().parseHex(X25519);
        int needed = whole.length - 34; // its length and the key itself follow the group
        for (int i = 0; i < whole.length; i++) {
            OptionalInt found = KeyGroup.in(ByteBuffer.wrap(Arrays.copyOf(whole, i)));
            assertThat(found).as("of %d bytes", i).isEqualTo(i < needed ? KeyGroup.MORE : OptionalInt.of(0x1d));
        }
    }

    @Test
    void aHelloRetryRequestSaysOnlyWhatIsWanted() {
        String retry = hello(RETRY, VERSIONS + "003300020017");
        assertThat(in(retry)).isEqualTo(KeyGroup.MORE);
        assertThat(in(retry + CHANGE_CIPHER_SPEC + X25519)).hasValue(0x1d);
    }

    @Test
    void whatIsNoServerHelloSaysNothing() {
        assertThat(in("15030300020228")).isEmpty(); // an alert
        assertThat(in("1603030004" + "01000000")).isEmpty(); // a ClientHello
        assertThat(in("48545450")).isEqualTo(KeyGroup.MORE);
        assertThat(in("485454502f312e31")).isEmpty();
        assertThat(in(hello(RANDOM, VERSIONS))).isEmpty(); // no key exchange
    }

    @Test
    void anyBytesAtAllAreReadWithoutFailing() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = HexFormat.of().parseHex(X25519);
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(KeyGroup.in(ByteBuffer.wrap(bytes))).isNotNull();
        }
    }

    @Test
    void groupsAreCalledAsIanaDoes() {
        assertThat(KeyGroup.name(0x1d)).isEqualTo("x25519");
        assertThat(KeyGroup.name(0x11ec)).isEqualTo("X25519MLKEM768");
        assertThat(KeyGroup.name(0xfe31)).isEqualTo("0xfe31");
    }
}
