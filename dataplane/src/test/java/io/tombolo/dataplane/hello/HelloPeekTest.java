package io.tombolo.dataplane.hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tombolo.dataplane.fixture.Hellos;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HelloPeekTest {
    private static final String NAME = "80.checkout.shop.west.demo.tombolo";
    private static final int MAX = HelloLimits.DEFAULT.maxBytes();

    @Test
    void nameAndProtocolsAreRead() throws Exception {
        // When
        var result = look(hello(), MAX);
        // Then
        assertThat(result)
                .isEqualTo(
                        new HelloPeek.Result.Hello(new ClientHello(Optional.of(NAME), List.of("h2", "tombolo-tcp"))));
    }

    @Test
    void everySplitOfTheStreamGivesTheSame() throws Exception {
        byte[] whole = hello();
        for (int cut = 0; cut < whole.length; cut++) {
            // Given
            var peek = new HelloPeek(MAX);
            ByteBuf stream = Unpooled.buffer();
            // When
            stream.writeBytes(whole, 0, cut);
            var first = peek.look(stream);
            stream.writeBytes(whole, cut, whole.length - cut);
            // Then
            assertThat(first).as("cut at %d", cut).isInstanceOf(HelloPeek.Result.More.class);
            assertThat(peek.look(stream)).as("cut at %d", cut).isInstanceOf(HelloPeek.Result.Hello.class);
        }
    }

    @Test
    void byteByByteItIsTheSameHello() throws Exception {
        // Given
        byte[] whole = Hellos.inRecordsOf(7, hello());
        var peek = new HelloPeek(MAX);
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < whole.length - 1; i++) {
            stream.writeByte(whole[i]);
            assertThat(peek.look(stream)).isInstanceOf(HelloPeek.Result.More.class);
        }
        // When
        stream.writeByte(whole[whole.length - 1]);
        // Then
        assertThat(peek.look(stream)).isInstanceOf(HelloPeek.Result.Hello.class);
    }

    @Test
    void everySizeOfRecordsGivesTheSame() throws Exception {
        byte[] whole = hello();
        for (int size = 1; size < whole.length; size++) {
            assertThat(look(Hellos.inRecordsOf(size, whole), MAX))
                    .as("records of %d", size)
                    .isInstanceOf(HelloPeek.Result.Hello.class);
        }
    }

    @Test
    void recordsThatAddUpToTooMuchAreRefused() throws Exception {
        // One byte of content a record is six bytes of stream
        assertThat(look(Hellos.inRecordsOf(1, hello()), 1_000)).isInstanceOf(HelloPeek.Result.Refused.class);
    }

    @Test
    void aLengthThatCannotFitIsRefusedBeforeItHasCome() {
        byte[] head = {22, 3, 1, 0x40, 0x00, 1, 0x00, 0x50, 0x00};
        assertThat(look(head, MAX)).isInstanceOf(HelloPeek.Result.Refused.class);
    }

    @Test
    void withoutAServerNameThereIsNone() throws Exception {
        // When
        var result = look(Hellos.of(Optional.empty(), List.of("h2")), MAX);
        // Then
        assertThat(result)
                .isInstanceOfSatisfying(
                        HelloPeek.Result.Hello.class,
                        hello -> assertThat(hello.hello().serverName()).isEmpty());
    }

    @Test
    void aHelloWithoutTls13IsRefused() throws Exception {
        assertThat(look(Hellos.of(Optional.of(NAME), List.of(), "TLSv1.2"), MAX))
                .isInstanceOf(HelloPeek.Result.Refused.class);
    }

    @Test
    void garbageIsRefusedAtItsFirstByte() {
        for (int first = 0; first < 256; first++) {
            var result = look(new byte[] {(byte) first}, MAX);
            assertThat(result).isInstanceOf(first == 22 ? HelloPeek.Result.More.class : HelloPeek.Result.Refused.class);
        }
    }

    @Test
    void somethingBehindTheHelloInItsRecordIsRefused() throws Exception {
        // Given
        byte[] whole = hello();
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        longer[3] = (byte) (longer.length - 5 >> 8);
        longer[4] = (byte) (longer.length - 5);
        // Then
        assertThat(look(longer, MAX)).isInstanceOf(HelloPeek.Result.Refused.class);
    }

    @Test
    void anotherRecordBehindTheHelloIsLeftAlone() throws Exception {
        byte[] whole = hello();
        assertThat(look(Arrays.copyOf(whole, whole.length + 100), MAX)).isInstanceOf(HelloPeek.Result.Hello.class);
    }

    @Test
    void anEmptyRecordIsRefused() {
        assertThat(look(new byte[] {22, 3, 1, 0, 0}, MAX)).isInstanceOf(HelloPeek.Result.Refused.class);
    }

    /** Law: whatever bytes come, the answer is one of three, no exception leaves, and what was decided stays decided. */
    @Test
    void mutatedHellosNeverBreakIt() throws Exception {
        byte[] whole = hello();
        for (long seed = 1; seed <= 50_000; seed++) {
            var random = new SplittableRandom(seed);
            byte[] mutated = mutate(whole, random);
            var atOnce = look(mutated, MAX);
            var inTwo = inTwoReads(mutated, random.nextInt(mutated.length + 1));
            assertThat(inTwo).as("seed %d", seed).isEqualTo(atOnce);
        }
    }

    private static byte[] mutate(byte[] whole, SplittableRandom random) {
        byte[] mutated = Arrays.copyOf(whole, 1 + random.nextInt(whole.length + 20));
        for (int i = random.nextInt(4); i >= 0; i--) {
            mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
        }
        return mutated;
    }

    private static HelloPeek.Result inTwoReads(byte[] bytes, int cut) {
        var peek = new HelloPeek(MAX);
        ByteBuf stream = Unpooled.buffer().writeBytes(bytes, 0, cut);
        var first = peek.look(stream);
        return first instanceof HelloPeek.Result.More
                ? peek.look(stream.writeBytes(bytes, cut, bytes.length - cut))
                : first;
    }

    private static HelloPeek.Result look(byte[] bytes, int maxBytes) {
        return new HelloPeek(maxBytes).look(Unpooled.wrappedBuffer(bytes));
    }

    private static byte[] hello() throws Exception {
        return Hellos.of(Optional.of(NAME), List.of("h2", "tombolo-tcp"));
    }
}
