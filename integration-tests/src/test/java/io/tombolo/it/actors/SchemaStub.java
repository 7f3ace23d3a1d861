package io.tombolo.it.actors;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tombolo.terraform.proto.GetProviderSchema;
import io.tombolo.terraform.proto.ProviderGrpc;
import io.tombolo.terraform.proto.Schema;
import io.tombolo.terraform.proto.ValidateProviderConfig;
import io.tombolo.terraform.proto.ValidateResourceConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Stands where another cloud's provider would: knows what its resources look like, and can make none of them. */
public final class SchemaStub extends ProviderGrpc.ProviderImplBase implements AutoCloseable {
    private final Schema provider;
    private final Map<String, Schema> resources;
    private final Server server;

    private SchemaStub(Schema provider, Map<String, Schema> resources) throws IOException {
        this.provider = provider;
        this.resources = Map.copyOf(resources);
        this.server = OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(this)
                .build();
    }

    /** @param provider its name, by which its own schema is among those of resources */
    public static SchemaStub of(String provider, Map<String, Schema> schemas) throws IOException {
        var resources = new HashMap<>(schemas);
        var stub = new SchemaStub(Objects.requireNonNull(resources.remove(provider)), resources);
        stub.server.start();
        return stub;
    }

    public int port() {
        return server.getPort();
    }

    private static <T> void answer(StreamObserver<T> caller, T answer) {
        caller.onNext(answer);
        caller.onCompleted();
    }

    @Override
    public void getProviderSchema(
            GetProviderSchema.Request request, StreamObserver<GetProviderSchema.Response> caller) {
        answer(
                caller,
                GetProviderSchema.Response.newBuilder()
                        .setProvider(provider)
                        .putAllResourceSchemas(resources)
                        .build());
    }

    @Override
    public void validateProviderConfig(
            ValidateProviderConfig.Request request, StreamObserver<ValidateProviderConfig.Response> caller) {
        answer(caller, ValidateProviderConfig.Response.getDefaultInstance());
    }

    @Override
    public void validateResourceConfig(
            ValidateResourceConfig.Request request, StreamObserver<ValidateResourceConfig.Response> caller) {
        answer(caller, ValidateResourceConfig.Response.getDefaultInstance());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
