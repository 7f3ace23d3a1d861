package io.tombolo.terraform.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.trustbundle.key.P256Key;
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
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** Plays a controller's API: certificates as a controller has them, nothing exists, and whatever is tried would be taken. */
final class RehearsedController implements AutoCloseable {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final String NOTHING = "{\"code\":\"" + Fault.NOT_FOUND.code()
            + "\",\"where\":\"resource\",\"what\":\"there is none\",\"fix\":\"make it\"}";
    private static final String TAKEN = "[{\"result\":\"created\",\"status\":{\"observedGeneration\":1,\"conditions\":"
            + "[{\"type\":\"Conflict\",\"status\":\"False\",\"reason\":\"NoConflicts\",\"message\":\"\"}]}}]";

    private final CertificateAuthority authority = CertificateAuthority.create(
            TrustDomain.of(new ClusterId("rehearsal"), new FederationName("tombolo")),
            P256Key.generate(),
            Instant.now(),
            LIFE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;

    RehearsedController() throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext tls = SSLContext.getInstance("TLSv1.3");
        tls.init(new KeyManager[] {key()}, null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", RehearsedController::answer);
        server.start();
    }

    private KeyManager key() {
        P256Key own = P256Key.generate();
        List<X509Certificate> chain = EnrolmentCertificate.issue(
                authority, own.publicKey(), ServerNames.of(List.of("127.0.0.1")), Instant.now(), LIFE);
        return new FixedKeyManager(new CertifiedKey(chain, own.privateKey()));
    }

    /** Providers that believe it: by the pin of its authority's key, as `tombolo context env` says it, and by a certificate. */
    List<CtyValue> settings() {
        return List.of(
                believing("ca_pin", HexFormat.of().formatHex(authority.pin().bytes())),
                believing("ca_certificate", Pem.write(authority.root())));
    }

    private CtyValue believing(String attribute, String value) {
        return new CtyValue.Fields(new TreeMap<>(Map.of(
                "endpoint",
                CtyValue.of("https://127.0.0.1:" + server.getAddress().getPort()),
                "token",
                CtyValue.of("rehearsal"),
                attribute,
                CtyValue.of(value))));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean isTry = exchange.getRequestMethod().equals("POST");
            byte[] body = (isTry ? TAKEN : NOTHING).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(isTry ? OK : NOT_FOUND, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
