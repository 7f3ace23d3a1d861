package io.tombolo.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;

class HeaderBlockTest {
    private final DefaultHttp2HeadersDecoder otherSide = new DefaultHttp2HeadersDecoder();

    @Test
    void whatIsSaidInShortIsWhatWasSpelledOutFirst() throws Http2Exception {
        // Given
        HeaderBlock head = Http2Message.request(Wire.GRPC).head();
        // When
        Http2Headers first = read(head.first());
        Http2Headers next = read(head.next());
        // Then
        assertThat(first.path()).hasToString("/shop.Carts/Get");
        assertThat(first.get("te")).hasToString("trailers");
        assertThat(next).isEqualTo(first);
        assertThat(read(head.next())).isEqualTo(first);
    }

    @Test
    void trailersDoNotMoveWhatTheHeadMeans() throws Http2Exception {
        // Given
        Http2Message answer = Http2Message.answer(Wire.GRPC);
        Http2Headers first = read(answer.head().first());
        read(answer.trailers().orElseThrow().first());
        // When
        Http2Headers next = read(answer.head().next());
        Http2Headers end = read(answer.trailers().orElseThrow().next());
        // Then
        assertThat(next).isEqualTo(first);
        assertThat(next.get("content-type")).hasToString("application/grpc");
        assertThat(end.get("grpc-status")).hasToString("0");
    }

    private Http2Headers read(byte[] block) throws Http2Exception {
        return otherSide.decodeHeaders(1, Unpooled.wrappedBuffer(block));
    }
}
