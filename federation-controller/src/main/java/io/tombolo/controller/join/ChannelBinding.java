package io.tombolo.controller.join;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.tombolo.trustbundle.tls.TlsExporter;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Reads the channel binding of a call's connection. */
final class ChannelBinding implements ServerInterceptor {
    private static final Context.Key<SSLSession> SESSION = Context.key("tombolo-session");

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        Context context =
                session == null ? Context.current() : Context.current().withValue(SESSION, session);
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Of the call that this thread serves. */
    static byte[] current() {
        return TlsExporter.channelBinding(SESSION.get());
    }

    /** Of a client's connection, after its first answer. */
    static byte[] of(Attributes attributes) {
        return TlsExporter.channelBinding(
                Objects.requireNonNull(attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION), "the connection is TLS"));
    }
}
