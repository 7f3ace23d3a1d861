package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.tombolo.controller.enrol.GrpcFaults;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.verify.PinnedTrustManager;
import io.tombolo.wire.join.EnrolmentGrpc;
import io.tombolo.wire.join.HelloRequest;
import io.tombolo.wire.join.HelloResponse;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an authority. Says hello first, so that the TLS session, and with it the channel binding, is known; the
 * calls that follow go over the same connection, or fail.
 */
final class EnrolmentClient implements AutoCloseable {
    private static final long CALL_SECONDS = 30;
    private static final long HELLO_SECONDS = 5;

    private final HostPort address;
    private final ManagedChannel channel;
    private final EnrolmentGrpc.EnrolmentBlockingStub stub;
    private final AtomicReference<byte @Nullable []> binding = new AtomicReference<>();

    EnrolmentClient(HostPort address, KeyPin pin) {
        this.address = address;
        var credentials = TlsChannelCredentials.newBuilder()
                .trustManager(new PinnedTrustManager(pin, InstantSource.system()))
                .build();
        this.channel = NettyChannelBuilder.forAddress(address.host(), address.port(), credentials)
                .build();
        this.stub = EnrolmentGrpc.newBlockingStub(channel).withInterceptors(new Session());
    }

    /** @throws TomboloException ENROLMENT_UNREACHABLE, WRONG_ENROLMENT_CA, WRONG_FEDERATION */
    HelloResponse hello(FederationId federation) {
        ByteString id = ByteString.copyFrom(federation.bytes());
        HelloResponse answer = call(
                HELLO_SECONDS,
                s -> s.hello(HelloRequest.newBuilder().setFederationId(id).build()));
        if (!answer.getFederationId().equals(id)) {
            throw new TomboloException(
                    Fault.WRONG_FEDERATION, "authority " + address, "is of another federation", "check the token");
        }
        return answer;
    }

    /** The channel binding; known after hello. */
    byte[] exporter() {
        byte @Nullable [] known = binding.get();
        if (known == null) {
            throw new TomboloException(
                    Fault.PROOF_INVALID, "authority " + address, "the connection has no channel binding", "say hello");
        }
        return known;
    }

    <T> T call(Function<EnrolmentGrpc.EnrolmentBlockingStub, T> work) {
        return call(CALL_SECONDS, work);
    }

    private <T> T call(long seconds, Function<EnrolmentGrpc.EnrolmentBlockingStub, T> work) {
        try {
            return work.apply(stub.withDeadlineAfter(seconds, TimeUnit.SECONDS));
        } catch (StatusRuntimeException failed) {
            throw known(failed);
        }
    }

    private TomboloException known(StatusRuntimeException failed) {
        @Nullable Metadata trailers = failed.getTrailers();
        @Nullable String code = trailers == null ? null : trailers.get(GrpcFaults.CODE);
        for (Fault fault : Fault.values()) {
            if (fault.code().equals(code)) {
                String text = String.valueOf(failed.getStatus().getDescription());
                String prefix = fault.code() + " " + fault.name() + " ";
                String bare = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
                String what = bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
                return new TomboloException(fault, "authority " + address, what, "");
            }
        }
        return unanswered(failed);
    }

    private TomboloException unanswered(StatusRuntimeException failed) {
        @Nullable TomboloException refused = tlsRefusal(failed);
        if (refused != null) {
            return new TomboloException(
                    Fault.WRONG_ENROLMENT_CA,
                    "authority " + address,
                    refused.what(),
                    "somebody else answers there: check the address, or get a new token",
                    failed);
        }
        Status status = failed.getStatus();
        return new TomboloException(
                Fault.ENROLMENT_UNREACHABLE,
                "authority " + address,
                status.getCode() + (status.getDescription() == null ? "" : " " + status.getDescription()),
                "check that the authority's controller runs and that this address can be reached",
                failed);
    }

    private static @Nullable TomboloException tlsRefusal(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof TomboloException refused) {
                return refused;
            }
            if (cause instanceof javax.net.ssl.SSLException tls) {
                String text = Arrays.toString(new String[] {tls.getMessage()});
                return new TomboloException(Fault.WRONG_ENROLMENT_CA, "TLS", text, "");
            }
        }
        return null;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** Remembers the binding of the first answer's connection, and refuses to go on over another one. */
    private final class Session implements ClientInterceptor {
        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<A> listener, Metadata headers) {
                    super.start(new Watching<>(listener, this), headers);
                }
            };
        }
    }

    private final class Watching<Q, A> extends ForwardingClientCallListener.SimpleForwardingClientCallListener<A> {
        private final ClientCall<Q, A> call;

        Watching(ClientCall.Listener<A> listener, ClientCall<Q, A> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onHeaders(Metadata headers) {
            byte[] now = ChannelBinding.of(call.getAttributes());
            byte @Nullable [] before = binding.getAndSet(now);
            if (before != null && !Arrays.equals(before, now)) {
                call.cancel("the connection changed between two calls", null);
            }
            super.onHeaders(headers);
        }
    }
}
