package io.tombolo.trustbundle.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.pem.Der;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The JSON of a bundle: RFC 7517 with SPIFFE's additions. A stranger's bytes arrive here. */
final class JwkSet {
    private static final int REFRESH_HINT_SECONDS = 300;
    private static final String X509_USE = "x509-svid";
    private static final String SEQUENCE = "spiffe_sequence";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxDocumentLength(TrustBundle.MAX_BYTES)
                    .maxNumberLength(32)
                    .maxNameLength(256)
                    .build())
            .build();

    private static final ObjectMapper JSON =
            new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JwkSet() {}

    static TrustBundle parse(TrustDomain trustDomain, byte[] jwks) {
        if (jwks.length > TrustBundle.MAX_BYTES) {
            throw TrustBundle.bad(trustDomain, "its JWK Set has more than " + TrustBundle.MAX_BYTES + " bytes");
        }
        JsonNode set = tree(trustDomain, jwks);
        if (!set.isObject() || !set.path("keys").isArray()) {
            throw TrustBundle.bad(trustDomain, "it is not a JWK Set");
        }
        return new TrustBundle(trustDomain, sequence(trustDomain, set), roots(trustDomain, set.path("keys")));
    }

    private static JsonNode tree(TrustDomain trustDomain, byte[] jwks) {
        try {
            return JSON.readTree(jwks);
        } catch (JsonProcessingException malformed) {
            throw TrustBundle.bad(trustDomain, "it is not JSON with different keys: " + malformed.getOriginalMessage());
        } catch (IOException malformed) {
            throw TrustBundle.bad(trustDomain, "it is not JSON");
        }
    }

    private static long sequence(TrustDomain trustDomain, JsonNode set) {
        JsonNode sequence = set.path(SEQUENCE);
        if (sequence.isMissingNode()) {
            return 0;
        }
        if (!sequence.isIntegralNumber() || !sequence.canConvertToLong()) {
            throw TrustBundle.bad(trustDomain, "its " + SEQUENCE + " is not a 64-bit number");
        }
        return sequence.longValue();
    }

    private static List<X509Certificate> roots(TrustDomain trustDomain, JsonNode keys) {
        var roots = new ArrayList<X509Certificate>();
        for (JsonNode key : keys) {
            String type = key.path("kty").asText("");
            if (JwkKey.isKnown(type) && key.path("use").asText("").equals(X509_USE)) {
                roots.add(root(trustDomain, key));
            }
        }
        return roots;
    }

    private static X509Certificate root(TrustDomain trustDomain, JsonNode key) {
        JsonNode chain = key.path("x5c");
        if (!chain.isArray() || chain.size() != 1 || !chain.get(0).isTextual() || key.has("kid")) {
            throw TrustBundle.bad(trustDomain, "a key has a kid, or not exactly one certificate in x5c");
        }
        try {
            X509Certificate root =
                    Der.certificate(Base64.getDecoder().decode(chain.get(0).textValue()));
            checkParameters(trustDomain, key, root);
            return root;
        } catch (IllegalArgumentException notBase64) {
            throw TrustBundle.bad(trustDomain, "a certificate in it is not base64");
        } catch (TomboloException notACertificate) {
            throw TrustBundle.bad(trustDomain, notACertificate.what());
        }
    }

    /** RFC 7517 §4.7: the parameters of the key and the first certificate's key are the same one. */
    private static void checkParameters(TrustDomain trustDomain, JsonNode key, X509Certificate root) {
        for (Map.Entry<String, String> parameter :
                JwkKey.parameters(root.getPublicKey()).entrySet()) {
            JsonNode written = key.path(parameter.getKey());
            if (!written.isMissingNode() && !written.asText("").equals(parameter.getValue())) {
                throw TrustBundle.bad(trustDomain, "a key's " + parameter.getKey() + " is not its certificate's");
            }
        }
    }

    static byte[] write(TrustBundle bundle) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("keys");
            for (X509Certificate root : bundle.roots()) {
                write(json, root);
            }
            json.writeEndArray();
            json.writeNumberField(SEQUENCE, bundle.sequence());
            json.writeNumberField("spiffe_refresh_hint", REFRESH_HINT_SECONDS);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, X509Certificate root) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> parameter :
                JwkKey.parameters(root.getPublicKey()).entrySet()) {
            json.writeStringField(parameter.getKey(), parameter.getValue());
        }
        json.writeStringField("use", X509_USE);
        json.writeArrayFieldStart("x5c");
        json.writeString(Base64.getEncoder().encodeToString(Der.bytes(root)));
        json.writeEndArray();
        json.writeEndObject();
    }
}
