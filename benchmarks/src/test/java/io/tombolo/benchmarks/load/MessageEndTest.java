package io.tombolo.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageEndTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nserver: x\r\ncontent-length: 3\r\n\r\nabc";
    private final MessageEnd end = new MessageEnd();

    @Test
    void answersThatArriveTogetherAreCountedOneByOne() {
        // Given
        ByteBuf two = bytes(ANSWER + ANSWER);
        // Then
        assertThat(end.next(two)).isTrue();
        assertThat(end.status()).isEqualTo(200);
        assertThat(end.next(two)).isTrue();
        assertThat(end.next(two)).isFalse();
    }

    @Test
    void anAnswerThatArrivesByteByByteIsCountedAtItsLast() {
        for (int i = 0; i < ANSWER.length(); i++) {
            assertThat(end.next(bytes(ANSWER.substring(i, i + 1)))).isEqualTo(i == ANSWER.length() - 1);
        }
    }

    @Test
    void aMessageWithoutALengthEndsWithItsHead() {
        assertThat(end.next(bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))).isTrue();
    }

    @Test
    void theLengthOfOneAnswerIsNotTheNextOnes() {
        // Given
        ByteBuf both = bytes(ANSWER + "HTTP/1.1 204 No Content\r\n\r\n");
        // Then
        assertThat(end.next(both)).isTrue();
        assertThat(end.next(both)).isTrue();
        assertThat(end.status()).isEqualTo(204);
    }

    @Test
    void chunksAreRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> end.next(bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
