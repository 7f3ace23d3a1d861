package io.tombolo.terraform.wire;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.proto.ClientCapabilities;
import io.tombolo.terraform.proto.ConfigureProvider;
import io.tombolo.terraform.proto.Empty;
import io.tombolo.terraform.proto.GRPCControllerGrpc;
import io.tombolo.terraform.proto.GetProviderSchema;
import io.tombolo.terraform.proto.PlanResourceChange;
import io.tombolo.terraform.proto.ProviderGrpc;
import io.tombolo.terraform.proto.RawState;
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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Plays Terraform towards a provider, from the handshake to the end. */
public final class RehearsedTerraform {
    private static final String TYPE = "tombolo_service_export";
    private static final long PATIENCE_SECONDS = 10;
    /** Until a provider has ended that writes down at its end what its JVM learned, on a machine that builds other things too. */
    private static final long WRITING_SECONDS = 120;

    private static final int HTTP = 80;
    private static final ClientCapabilities ABLE =
            ClientCapabilities.newBuilder().setWriteOnlyAttributesAllowed(true).build();

    private RehearsedTerraform() {}

    /**
     * In this process.
     * @param settings what the provider is configured with, one after the other
     * @throws Exception if it does not serve as it should
     */
    public static void run(Provider provider, List<CtyValue> settings) throws Exception {
        LoopbackCertificate client = LoopbackCertificate.generateOnP521(Instant.now());
        var stdout = new ByteArrayOutputStream();
        var line = new LineSeen(stdout);
        var served = new FutureTask<>(() -> PluginServer.serve(
                () -> provider, environment(client), new PrintStream(line, true, StandardCharsets.UTF_8)));
        Thread.ofPlatform().daemon().start(served);
        talk(provider, settings, line.await(PATIENCE_SECONDS), client);
        var _ = served.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * With a provider that is started for it, and ends.
     * @param provider what it serves
     * @param settings what it is configured with, one after the other
     * @param command  starts it
     * @throws Exception if it does not serve as it should
     */
    public static void run(Provider provider, List<CtyValue> settings, List<String> command) throws Exception {
        LoopbackCertificate client = LoopbackCertificate.generateOnP521(Instant.now());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment(client));
        Process process = builder.start();
        try (BufferedReader stdout = process.inputReader()) {
            talk(provider, settings, String.valueOf(stdout.readLine()), client);
            if (!process.waitFor(WRITING_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
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

    private static void talk(Provider provider, List<CtyValue> settings, String line, LoopbackCertificate client)
            throws GeneralSecurityException, IOException {
        String[] handshake = line.split("\\|", -1);
        X509Certificate server = Der.certificate(Base64.getDecoder().decode(handshake[5]));
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(
                new KeyManager[] {PluginTls.keys(() -> client)},
                new TrustManager[] {new ExactTrust(() -> server)},
                null);
        int port = Integer.parseInt(handshake[3].substring(handshake[3].indexOf(':') + 1));
        RehearsedFields.send(tls.getSocketFactory(), port);
        ManagedChannel channel = OkHttpChannelBuilder.forTarget("dns:///" + handshake[3])
                .sslSocketFactory(new NamingSockets(tls.getSocketFactory(), "localhost"))
                .overrideAuthority("localhost")
                .build();
        var terraform = ProviderGrpc.newBlockingStub(channel);
        var _ = terraform.getProviderSchema(GetProviderSchema.Request.getDefaultInstance());
        settings.forEach(connection -> calls(provider, connection, terraform));
        var _ = GRPCControllerGrpc.newBlockingStub(channel).shutdown(Empty.getDefaultInstance());
        channel.shutdownNow();
    }

    private static void calls(Provider provider, CtyValue settings, ProviderGrpc.ProviderBlockingStub terraform) {
        CtyType own = provider.schema().type();
        var _ = terraform.validateProviderConfig(ValidateProviderConfig.Request.newBuilder()
                .setConfig(Messages.value(own, settings))
                .build());
        var _ = terraform.configureProvider(ConfigureProvider.Request.newBuilder()
                .setTerraformVersion("1.11.4")
                .setClientCapabilities(ABLE)
                .setConfig(Messages.value(own, settings))
                .build());
        CtyType type = Optional.ofNullable(provider.resources().get(TYPE))
                .map(resource -> resource.schema().type())
                .orElseThrow();
        CtyValue config = new CtyValue.Fields(new TreeMap<>(Map.of(
                "name",
                CtyValue.of("checkout"),
                "namespace",
                CtyValue.of("shop"),
                "ports",
                new CtyValue.Items(List.of(new CtyValue.Fields(new TreeMap<>(Map.of(
                        "port",
                        new CtyValue.Num(HTTP),
                        "name",
                        CtyValue.of("http"),
                        "app_protocol",
                        CtyValue.of("http")))))))));
        var _ = terraform.upgradeResourceState(UpgradeResourceState.Request.newBuilder()
                .setTypeName(TYPE)
                .setRawState(RawState.newBuilder()
                        .setJson(ByteString.copyFromUtf8("{\"name\":\"checkout\",\"namespace\":\"shop\"}")))
                .build());
        var _ = terraform.validateResourceConfig(ValidateResourceConfig.Request.newBuilder()
                .setTypeName(TYPE)
                .setClientCapabilities(ABLE)
                .setConfig(Messages.value(type, config))
                .build());
        var _ = terraform.readResource(ReadResource.Request.newBuilder()
                .setTypeName(TYPE)
                .setClientCapabilities(ABLE)
                .setCurrentState(Messages.value(type, config))
                .build());
        var _ = terraform.planResourceChange(PlanResourceChange.Request.newBuilder()
                .setTypeName(TYPE)
                .setClientCapabilities(ABLE)
                .setPriorState(Messages.value(type, CtyValue.NULL))
                .setProposedNewState(Messages.value(type, config))
                .setConfig(Messages.value(type, config))
                .build());
    }
}
