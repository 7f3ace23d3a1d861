package io.tombolo.terraform.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.proto.Empty;
import io.tombolo.terraform.proto.GRPCControllerGrpc;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.x509.LoopbackCertificate;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final String COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

    @Test
    void whoStartsItByHandIsToldWhatItIs() {
        assertThatExceptionOfType(Handshake.Refused.class)
                .isThrownBy(() -> Handshake.of(Map.of()))
                .withMessageContaining("terraform init");
    }

    @Test
    void anOlderTerraformIsToldWhichOneItTakes() {
        assertThatExceptionOfType(Handshake.Refused.class)
                .isThrownBy(
                        () -> Handshake.of(Map.of("TF_PLUGIN_MAGIC_COOKIE", COOKIE, "PLUGIN_PROTOCOL_VERSIONS", "4,5")))
                .withMessageContaining("1.11");
    }

    @Test
    void whereTerraformHandsOverNoOneCertificateThereIsNoHandshake() throws Exception {
        // Given a Terraform that hands over two certificates
        String pem = Pem.write(LoopbackCertificate.generateOnP521(Instant.now()).certificate());
        var stdout = new ByteArrayOutputStream();
        // When the provider starts
        int code = PluginServer.serve(
                () -> new Tombolo(Map.of()),
                Map.of("TF_PLUGIN_MAGIC_COOKIE", COOKIE, "PLUGIN_CLIENT_CERT", pem + pem),
                new PrintStream(stdout, true, StandardCharsets.UTF_8));
        // Then it ends, and there was no handshake
        assertThat(code).isEqualTo(1);
        assertThat(stdout.size()).isZero();
    }

    @Test
    void theLineHasTheCertificateWithoutPadding() {
        LoopbackCertificate own = LoopbackCertificate.generate(Instant.now());
        String line = Handshake.line(10_001, java.util.Optional.of(own.certificate()));
        assertThat(line).startsWith("1|6|tcp|127.0.0.1:10001|grpc|").doesNotContain("=");
    }

    @Test
    void aWholeRunFromTheHandshakeToTheEnd() {
        var nobody = new CtyValue.Fields(new TreeMap<>(Map.of(
                "endpoint", CtyValue.of("https://127.0.0.1:1"),
                "ca_pin", CtyValue.of("0".repeat(64)),
                "token", CtyValue.of("none"))));
        assertThatNoException().isThrownBy(() -> RehearsedTerraform.run(new Tombolo(Map.of()), List.of(nobody)));
    }

    @Test
    void whoeverShowsAnotherCertificateThanTheOneHandedOverGetsNothing() throws Exception {
        // Given a provider that was started for one client
        LoopbackCertificate client = LoopbackCertificate.generateOnP521(Instant.now());
        var line = new LineSeen(new ByteArrayOutputStream());
        var served = new FutureTask<>(() -> PluginServer.serve(
                () -> new Tombolo(Map.of()),
                Map.of("TF_PLUGIN_MAGIC_COOKIE", COOKIE, "PLUGIN_CLIENT_CERT", Pem.write(client.certificate())),
                new PrintStream(line, true, StandardCharsets.UTF_8)));
        Thread.ofPlatform().daemon().start(served);
        String[] handshake = line.await(10).split("\\|", -1);
        // When another user of the machine calls with a certificate of its own, then it is not let in
        LoopbackCertificate other = LoopbackCertificate.generate(Instant.now());
        ManagedChannel stranger = channel(handshake, other);
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> GRPCControllerGrpc.newBlockingStub(stranger)
                        .withDeadlineAfter(10, TimeUnit.SECONDS)
                        .shutdown(Empty.getDefaultInstance()));
        stranger.shutdownNow();
        assertThat(served.isDone()).isFalse();
        // And the one it was started for ends it
        ManagedChannel terraform = channel(handshake, client);
        var _ = GRPCControllerGrpc.newBlockingStub(terraform).shutdown(Empty.getDefaultInstance());
        terraform.shutdownNow();
        assertThat(served.get(10, TimeUnit.SECONDS)).isZero();
    }

    private static ManagedChannel channel(String[] handshake, LoopbackCertificate shown) {
        var server = io.tombolo.trustbundle.pem.Der.certificate(
                java.util.Base64.getDecoder().decode(handshake[5]));
        return OkHttpChannelBuilder.forTarget(
                        "dns:///" + handshake[3],
                        TlsChannelCredentials.newBuilder()
                                .keyManager(PluginTls.keys(() -> shown))
                                .trustManager(new ExactTrust(() -> server))
                                .build())
                .overrideAuthority("localhost")
                .build();
    }
}
