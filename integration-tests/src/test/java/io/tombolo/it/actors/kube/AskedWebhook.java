package io.tombolo.it.actors.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a mutating webhook as an API server does: who answers is known by the configuration's CA. */
final class AskedWebhook {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AskedWebhook() {}

    /** @return the pod as it would be kept. @throws IllegalStateException with the words of a refusal */
    static Pod of(WebhookClientConfig webhook, Pod pod) throws Exception {
        ObjectNode review = JSON.createObjectNode();
        ObjectNode request = review.putObject("request");
        request.put("uid", "1").put("namespace", pod.getMetadata().getNamespace());
        request.putObject("kind").put("kind", "Pod");
        ObjectNode object = JSON.valueToTree(pod);
        request.set("object", object);
        JsonNode response;
        try (HttpClient http = HttpClient.newBuilder()
                .sslContext(knowing(Base64.getDecoder().decode(webhook.getCaBundle())))
                .build()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(webhook.getUrl()))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(review)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            response = JSON.readTree(answer.body()).path("response");
        }
        if (!response.path("allowed").asBoolean()) {
            throw new IllegalStateException(response.at("/status/message").asText());
        }
        if (response.has("patch")) {
            JsonNode patch = JSON.readTree(
                    Base64.getDecoder().decode(response.path("patch").asText()));
            object.set("spec", patch.at("/0/value"));
        }
        return JSON.treeToValue(object, Pod.class);
    }

    private static SSLContext knowing(byte[] pem) throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null);
        roots.setCertificateEntry(
                "ca", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
