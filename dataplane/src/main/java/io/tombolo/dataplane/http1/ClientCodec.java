package io.tombolo.dataplane.http1;

import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Netty's codec for one request at a time, the calling side. */
public final class ClientCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {
    private String method = "";

    public ClientCodec(HttpLimits limits) {
        init(new Decoder(limits), new HttpRequestEncoder());
    }

    /** Says what is asked next: a response to HEAD has no body. */
    public void asking(String requestMethod) {
        method = requestMethod;
    }

    private final class Decoder extends HttpResponseDecoder {
        Decoder(HttpLimits limits) {
            super(ServerCodec.config(limits));
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return message instanceof HttpResponse response
                    && (HeadCheck.hasNoBody(response.status().code(), method) || super.isContentAlwaysEmpty(message));
        }
    }
}
