package io.tombolo.terraform.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.FixedKeyManager;
import io.tombolo.trustbundle.x509.CertificateAuthority;
import io.tombolo.trustbundle.x509.EnrolmentCertificate;
import io.tombolo.trustbundle.x509.ServerNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Plays a controller's API: certificates as a controller has them, nothing exists, and whatever is tried would be taken. */
final class RehearsedController implements AutoCloseable {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final String TOKEN = "rehearsal";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final String NOTHING = "{\"code\":\"" + Fault.NOT_FOUND.code()
            + "\",\"where\":\"resource\",\"what\":\"there is none\",\"fix\":\"make it\"}";
    private static final String TAKEN = "[{\"result\":\"created\",\"generation\":1,\"published\":\"\",\"changes\":"
            + "[{\"field\":\"spec.ports[0].name\",\"before\":\"\",\"after\":\"\\\"http\\\"\"}]";
    private static final String IN_NO_FEDERATION = TAKEN + "}]";
    private static final String OF_A_MEMBER = TAKEN
            + ",\"status\":{\"observedGeneration\":1,\"conditions\":"
            + "[{\"type\":\"Conflict\",\"status\":\"False\",\"reason\":\"NoConflicts\",\"message\":\"\"}]}}]";

    private final CertificateAuthority authority = CertificateAuthority.create(
            TrustDomain.of(new ClusterId("rehearsal"), new FederationName("tombolo")),
            P256Key.generate(),
            Instant.now(),
            LIFE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger tries = new AtomicInteger();
    private final Path token = Files.createTempFile("rehearsal", ".token");
    private final HttpsServer server;

    RehearsedController() throws IOException, GeneralSecurityException {
        SecretFile.write(token, TOKEN.getBytes(StandardCharsets.US_ASCII));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(new KeyManager[] {key()}, null, null);
        server.setHttpsConfigurator(new AsksWhoCalls(tls));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** As a controller does whose users may have certificates. */
    private static final class AsksWhoCalls extends HttpsConfigurator {
        AsksWhoCalls(SSLContext tls) {
            super(tls);
        }

        @Override
        public void configure(HttpsParameters connection) {
            SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
            parameters.setWantClientAuth(true);
            connection.setSSLParameters(parameters);
        }
    }

    private KeyManager key() {
        P256Key own = P256Key.generate();
        List<X509Certificate> chain = EnrolmentCertificate.issue(
                authority, own.publicKey(), ServerNames.of(List.of("127.0.0.1")), Instant.now(), LIFE);
        return new FixedKeyManager(new CertifiedKey(chain, own.privateKey()));
    }

    /**
     * Providers that believe it: by the pin of its authority's key, as `tombolo context env` says it together with a file that holds
     * the token, and by a certificate.
     */
    List<CtyValue> settings() {
        return List.of(
                believing("ca_pin", HexFormat.of().formatHex(authority.pin().bytes()), "token_file", token.toString()),
                believing("ca_certificate", Pem.write(authority.root()), "token", TOKEN));
    }

    private CtyValue believing(String trust, String value, String credential, String of) {
        return new CtyValue.Fields(new TreeMap<>(Map.of(
                "endpoint",
                CtyValue.of("https://127.0.0.1:" + server.getAddress().getPort()),
                trust,
                CtyValue.of(value),
                credential,
                CtyValue.of(of))));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean isTry = exchange.getRequestMethod().equals("POST");
            String taken = tries.getAndIncrement() % 2 == 0 ? IN_NO_FEDERATION : OF_A_MEMBER;
            byte[] body = (isTry ? taken : NOTHING).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(isTry ? OK : NOT_FOUND, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        token.toFile().delete();
    }
}
