package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.evidence.Hook;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The webhooks by which an API server asks for sidecars. */
final class Hooks {
    private static final String NAME = "tombolo-inject";

    private Hooks() {}

    static List<Hook> of(Objects objects) {
        List<JsonNode> found = objects.get("mutatingwebhookconfigurations " + NAME);
        if (found.isEmpty()) {
            return List.of();
        }
        // All addresses are published; which of them serve is said apart.
        int serving = (int)
                objects
                        .get("endpointslices -n tombolo-system -l kubernetes.io/service-name=tombolo-controller")
                        .stream()
                        .flatMap(slice -> slice.path("endpoints").valueStream())
                        .filter(endpoint -> endpoint.at("/conditions/serving").asBoolean(true))
                        .count();
        JsonNode configuration = found.getFirst();
        boolean ours = configuration
                .at("/metadata/labels/app.kubernetes.io~1name")
                .asText()
                .equals("tombolo");
        return configuration
                .path("webhooks")
                .valueStream()
                .map(hook -> new Hook(
                        NAME,
                        hook.path("name").asText(),
                        ours,
                        ends(hook.at("/clientConfig/caBundle").asText()),
                        hook.path("failurePolicy").asText("Fail"),
                        hook.at("/clientConfig/service").isObject() ? serving : -1))
                .toList();
    }

    /** When the last of its certificates does; empty if there is none that can be read. */
    private static Optional<Instant> ends(String bundle) {
        try {
            byte[] pem = Base64.getDecoder().decode(bundle);
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(one -> ((X509Certificate) one).getNotAfter().toInstant())
                    .max(Comparator.naturalOrder());
        } catch (CertificateException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
