package io.tombolo.dataplane.http1;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/**
 * Netty's codec for one request at a time. Unlike {@code HttpServerCodec} it does not lose the request's method when interim
 * responses come before the final one.
 */
public final class ServerCodec extends CombinedChannelDuplexHandler<HttpRequestDecoder, HttpResponseEncoder> {
    private String method = "";

    public ServerCodec(HttpLimits limits) {
        init(new HttpRequestDecoder(config(limits)), new Encoder());
    }

    /** Says what is answered next: a response to HEAD has no body. */
    public void answering(String requestMethod) {
        method = requestMethod;
    }

    /** Limits are those of the strict check, which stands before it. */
    static HttpDecoderConfig config(HttpLimits limits) {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxHeadBytes())
                .setMaxHeaderSize(limits.maxHeadBytes())
                .setMaxChunkSize(16 * 1_024)
                .setValidateHeaders(true)
                .setInitialBufferSize(128);
    }

    private final class Encoder extends HttpResponseEncoder {
        @Override
        protected boolean isContentAlwaysEmpty(HttpResponse response) {
            return HeadCheck.hasNoBody(response.status().code(), method) || super.isContentAlwaysEmpty(response);
        }

        /** The head is the application's, except what says where the body ends, which the relay has set. */
        @Override
        protected void sanitizeHeadersBeforeEncode(HttpResponse response, boolean isAlwaysEmpty) {
            if (!method.equals("HEAD")) {
                super.sanitizeHeadersBeforeEncode(response, isAlwaysEmpty);
            }
        }
    }
}
