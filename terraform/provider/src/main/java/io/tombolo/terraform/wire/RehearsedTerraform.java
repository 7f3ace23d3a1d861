package io.tombolo.terraform.wire;

import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.proto.ConfigureProvider;
import io.tombolo.terraform.proto.Empty;
import io.tombolo.terraform.proto.GRPCControllerGrpc;
import io.tombolo.terraform.proto.GetProviderSchema;
import io.tombolo.terraform.proto.PlanResourceChange;
import io.tombolo.terraform.proto.ProviderGrpc;
import io.tombolo.terraform.proto.ReadResource;
import io.tombolo.terraform.proto.UpgradeResourceState;
import io.tombolo.terraform.proto.ValidateProviderConfig;
import io.tombolo.terraform.proto.ValidateResourceConfig;
import io.tombolo.terraform.resource.Provider;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.x509.LoopbackCertificate;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Plays Terraform towards a provider, from the handshake to the end. */
public final class RehearsedTerraform {
    private static final String TYPE = "tombolo_service_export";
    private static final long PATIENCE_SECONDS = 10;

    private RehearsedTerraform() {}

    /** In this process. @throws Exception if the provider does not serve as it should */
    public static void run(Provider provider) throws Exception {
        LoopbackCertificate client = LoopbackCertificate.generate(Instant.now());
        var stdout = new ByteArrayOutputStream();
        var line = new LineSeen(stdout);
        var served = new FutureTask<>(() -> PluginServer.serve(
                () -> provider, environment(client), new PrintStream(line, true, StandardCharsets.UTF_8)));
        Thread.ofPlatform().daemon().start(served);
        talk(provider, line.await(PATIENCE_SECONDS), client);
        var _ = served.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * With a provider that is started for it, and ends.
     * @param provider what it serves
     * @param command  starts it
     * @throws Exception if it does not serve as it should
     */
    public static void run(Provider provider, List<String> command) throws Exception {
        LoopbackCertificate client = LoopbackCertificate.generate(Instant.now());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment(client));
        Process process = builder.start();
        try (BufferedReader stdout = process.inputReader()) {
            talk(provider, String.valueOf(stdout.readLine()), client);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("the provider did not end well");
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, String> environment(LoopbackCertificate client) {
        return Map.of(
                Handshake.COOKIE,
                Handshake.COOKIE_VALUE,
                Handshake.VERSIONS,
                "5,6",
                Handshake.CLIENT_CERTIFICATE,
                Pem.write(client.certificate()));
    }

    private static void talk(Provider provider, String line, LoopbackCertificate client) {
        String[] handshake = line.split("\\|", -1);
        ManagedChannel channel = OkHttpChannelBuilder.forTarget(
                        "dns:///" + handshake[3],
                        TlsChannelCredentials.newBuilder()
                                .keyManager(PluginTls.keys(client))
                                .trustManager(new ExactTrust(
                                        Der.certificate(Base64.getDecoder().decode(handshake[5]))))
                                .build())
                .overrideAuthority("localhost")
                .build();
        calls(provider, ProviderGrpc.newBlockingStub(channel));
        var _ = GRPCControllerGrpc.newBlockingStub(channel).shutdown(Empty.getDefaultInstance());
        channel.shutdownNow();
    }

    private static void calls(Provider provider, ProviderGrpc.ProviderBlockingStub terraform) {
        var _ = terraform.getProviderSchema(GetProviderSchema.Request.getDefaultInstance());
        CtyType own = provider.schema().type();
        CtyValue settings = new CtyValue.Fields(new TreeMap<>(Map.of(
                "endpoint", CtyValue.of("https://127.0.0.1:1"),
                "ca_pin", CtyValue.of("0".repeat(64)),
                "token", CtyValue.of("none"))));
        var _ = terraform.validateProviderConfig(ValidateProviderConfig.Request.newBuilder()
                .setConfig(Messages.value(own, settings))
                .build());
        var _ = terraform.configureProvider(ConfigureProvider.Request.newBuilder()
                .setConfig(Messages.value(own, settings))
                .build());
        CtyType type = Optional.ofNullable(provider.resources().get(TYPE))
                .map(resource -> resource.schema().type())
                .orElseThrow();
        CtyValue config = new CtyValue.Fields(Map.of("name", CtyValue.of("checkout")));
        var _ = terraform.upgradeResourceState(UpgradeResourceState.Request.newBuilder()
                .setTypeName(TYPE)
                .setRawState(io.tombolo.terraform.proto.RawState.newBuilder()
                        .setJson(com.google.protobuf.ByteString.copyFromUtf8("{\"name\":\"checkout\"}")))
                .build());
        var _ = terraform.validateResourceConfig(ValidateResourceConfig.Request.newBuilder()
                .setTypeName(TYPE)
                .setConfig(Messages.value(type, config))
                .build());
        // Nobody answers there: that too is what it has to know.
        var _ = terraform.readResource(ReadResource.Request.newBuilder()
                .setTypeName(TYPE)
                .setCurrentState(Messages.value(type, config))
                .build());
        var _ = terraform.planResourceChange(PlanResourceChange.Request.newBuilder()
                .setTypeName(TYPE)
                .setPriorState(Messages.value(type, CtyValue.NULL))
                .setProposedNewState(Messages.value(type, config))
                .setConfig(Messages.value(type, config))
                .build());
    }
}
