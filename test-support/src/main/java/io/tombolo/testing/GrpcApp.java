package io.tombolo.testing;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server of text messages: says every message back with its own name in front, one by one. */
public final class GrpcApp implements AutoCloseable {
    /** How many messages the call had. */
    public static final Metadata.Key<String> TRAILER = Metadata.Key.of("seen", Metadata.ASCII_STRING_MARSHALLER);
    /** Every message is answered. */
    public static final MethodDescriptor<String, String> SAY = method("Say");

    /** The call is never answered. */
    public static final MethodDescriptor<String, String> SILENT = method("Silent");

    /** The call ends with status UNAVAILABLE after one message. */
    public static final MethodDescriptor<String, String> FAIL = method("Fail");

    /** So many calls were begun. */
    public final AtomicInteger calls = new AtomicInteger();
    /** With what the latest call came. */
    public volatile Metadata heads = new Metadata();

    /** Its calls of {@link #FAIL} do not fail. */
    public volatile boolean healthy;

    /** Done when a silent call was cancelled. */
    public final CompletableFuture<Void> cancelled = new CompletableFuture<>();

    private final String name;
    private final Server server;

    /** Starts it on a port of 127.0.0.1. */
    public GrpcApp(String name) {
        this.name = name;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(ServerServiceDefinition.builder("test.Talk")
                            .addMethod(SAY, (call, headers) -> listener(call, headers, Status.OK))
                            .addMethod(
                                    FAIL,
                                    (call, headers) ->
                                            listener(call, headers, healthy ? Status.OK : Status.UNAVAILABLE))
                            .addMethod(SILENT, silent())
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getPort();
    }

    /** A client of a local port. */
    public static ManagedChannel client(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    private ServerCall.Listener<String> listener(ServerCall<String, String> call, Metadata headers, Status end) {
        heads = headers;
        calls.incrementAndGet();
        call.sendHeaders(new Metadata());
        call.request(1);
        return new ServerCall.Listener<>() {
            private int seen;

            @Override
            public void onMessage(String message) {
                seen++;
                call.sendMessage(name + " heard " + message);
                call.request(1);
            }

            @Override
            public void onHalfClose() {
                var trailers = new Metadata();
                trailers.put(TRAILER, "" + seen);
                call.close(end, trailers);
            }
        };
    }

    private ServerCallHandler<String, String> silent() {
        return (call, headers) -> {
            calls.incrementAndGet();
            call.request(1);
            return new ServerCall.Listener<>() {
                @Override
                public void onCancel() {
                    cancelled.complete(null);
                }
            };
        };
    }

    private static MethodDescriptor<String, String> method(String name) {
        return MethodDescriptor.newBuilder(new Text(), new Text())
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName("test.Talk/" + name)
                .build();
    }

    private record Text() implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
