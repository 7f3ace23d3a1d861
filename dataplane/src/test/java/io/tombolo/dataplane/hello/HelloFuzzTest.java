package io.tombolo.dataplane.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tombolo.dataplane.fixture.Hellos;
import io.tombolo.testing.Fuzz;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever a stranger sends for a ClientHello: one verdict, however it is cut, and what is read is within its limits. */
class HelloFuzzTest {
    private static final int MAX = HelloLimits.DEFAULT.maxBytes();

    @Test
    void theVerdictIsTheSameHoweverAHelloIsCut() throws Exception {
        byte[] hello = Hellos.of(Optional.of("80.checkout.shop.west.demo.tombolo"), List.of("h2", "tombolo-tcp"));
        Fuzz.of(HelloFuzzTest.class, "client-hello")
                .with(hello)
                .with(Hellos.inRecordsOf(40, hello))
                .with(Hellos.of(Optional.empty(), List.of()))
                .spicedWith(
                        "\\x00\\x00",
                        "\\xff\\xff",
                        "\\x16\\x03\\x01",
                        "\\x00\\x2b\\x00\\x03\\x02\\x03\\x04",
                        "\\x00\\x10",
                        "\\x00")
                .rounds(10_000, input -> {
                    HelloPeek.Result whole = look(List.of(input.bytes()));
                    assertThat(look(input.cut())).isEqualTo(whole);
                    if (whole instanceof HelloPeek.Result.Hello(ClientHello read)) {
                        read.serverName().ifPresent(name -> assertThat(name).matches("[!-~]{1,253}"));
                        assertThat(String.join("", read.alpn())).hasSizeLessThan(input.bytes().length);
                    }
                });
    }

    /** What was decided stays decided: the connection is not asked again. */
    private static HelloPeek.Result look(List<byte[]> pieces) {
        var peek = new HelloPeek(MAX);
        ByteBuf stream = Unpooled.buffer();
        HelloPeek.Result result = new HelloPeek.Result.More();
        for (byte[] piece : pieces) {
            stream.writeBytes(piece);
            result = peek.look(stream);
            if (!(result instanceof HelloPeek.Result.More)) {
                return result;
            }
        }
        return result;
    }
}
