package io.tombolo.terraform.mesh;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.Durations;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import io.tombolo.terraform.schema.ValuePath;
import io.tombolo.trustbundle.key.SecretFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The {@code provider} block, and the environment where it says nothing. */
final class ConnectionSettings {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    static final Schema SCHEMA = new Schema(
            """
            Declares what is exported, how calls are routed, and how they fail over, in a federation of clusters. The provider \
            talks to the API of one cluster's controller; for several clusters, declare the provider once for each, with \
            `alias`. What is not said here is taken from the environment: `tombolo context env` prints it.""",
            List.of(
                    text("endpoint", "The controller's API, such as `https://east.example.org:15080`. Over TLS 1.3.")
                            .with(Checks.text(
                                    ConnectionSettings::isEndpoint, "must be https://HOST:PORT without a path")),
                    text("ca_certificate", "PEM: what the API's certificate chains to. Instead of `ca_pin`."),
                    text(
                                    "ca_pin",
                                    "SHA-256 of the key of the API's CA, 64 hexadecimal digits, as "
                                            + "`tombolo context env` prints it. Instead of `ca_certificate`.")
                            .with(Checks.text(
                                    pin -> pin.matches("[0-9a-f]{64}"), "must be 64 lower-case hexadecimal digits")),
                    text("token", "A credential of the API. Prefer `token_file`, which is in no variable.")
                            .with(Attribute.Trait.SENSITIVE),
                    text("token_file", "A file, readable by its owner only, that holds the credential."),
                    text("client_certificate", "PEM: the chain of a client certificate, instead of a token."),
                    text("client_key", "PEM, PKCS #8: the key of `client_certificate`.")
                            .with(Attribute.Trait.SENSITIVE),
                    text("request_timeout", "For one request, `1s` to `10m`; `30s` if nothing is said.")
                            .with(Checks.lasts(Duration.ofSeconds(1), LONGEST_TIMEOUT))));

    private final Map<String, String> environment;

    ConnectionSettings(Map<String, String> environment) {
        this.environment = environment;
    }

    private static Attribute text(String name, String description) {
        return Attribute.optional(
                name, CtyType.Primitive.STRING, description + " Else `TOMBOLO_" + name.toUpperCase(Locale.ROOT) + "`.");
    }

    private static boolean isEndpoint(String text) {
        try {
            URI uri = URI.create(text);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && (uri.getPath() == null
                            || uri.getPath().isEmpty()
                            || uri.getPath().equals("/"));
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    /** What is wrong with the block as a whole. */
    static List<Problem> problems(CtyValue.Fields config) {
        var found = new ArrayList<Problem>();
        exclude(config, "ca_certificate", "ca_pin", found);
        exclude(config, "token", "token_file", found);
        exclude(config, "token", "client_certificate", found);
        exclude(config, "token_file", "client_certificate", found);
        if (config.get("client_certificate").isKnown() && config.get("client_key") instanceof CtyValue.Null) {
            found.add(Problem.error(
                    ValuePath.ROOT.name("client_certificate"),
                    "Missing client_key",
                    "client_certificate needs the key that belongs to it: set client_key."));
        }
        return found;
    }

    private static void exclude(CtyValue.Fields config, String one, String other, List<Problem> found) {
        if (config.get(one).isKnown() && config.get(other).isKnown()) {
            found.add(Problem.error(
                    ValuePath.ROOT.name(other),
                    "Conflicting " + one + " and " + other,
                    one + " and " + other + " say the same thing in two ways: leave one of them out."));
        }
    }

    /**
     * The way to the API; empty while something of it is not known, or is missing, which is added to {@code problems}.
     */
    Optional<Connection> connection(CtyValue.Fields config, List<Problem> problems) {
        boolean known = SCHEMA.attributes().stream()
                .noneMatch(attribute -> config.get(attribute.name()) instanceof CtyValue.Unknown);
        if (!known) {
            return Optional.empty();
        }
        Optional<String> endpoint = said(config, "endpoint");
        if (endpoint.isEmpty()) {
            problems.add(missing("endpoint", "the controller's API"));
            return Optional.empty();
        }
        try {
            return connected(config, endpoint.get(), problems);
        } catch (TomboloException unusable) {
            problems.add(Problem.error(ValuePath.ROOT, "Unusable provider configuration", unusable.getMessage() + ""));
            return Optional.empty();
        }
    }

    private Optional<Connection> connected(CtyValue.Fields config, String endpoint, List<Problem> problems) {
        Optional<String> token =
                said(config, "token").or(() -> said(config, "token_file").map(ConnectionSettings::read));
        Optional<String> certificate = said(config, "client_certificate");
        if (token.isEmpty() && certificate.isEmpty()) {
            problems.add(missing("token_file", "who you are"));
        }
        Optional<String> ca = said(config, "ca_certificate");
        Optional<String> pin = said(config, "ca_pin");
        if (ca.isEmpty() && pin.isEmpty()) {
            problems.add(missing("ca_pin", "whom to trust"));
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Duration timeout =
                said(config, "request_timeout").flatMap(Durations::parse).orElse(USUAL_TIMEOUT);
        return Optional.of(new Connection(
                URI.create(endpoint),
                ConnectionTls.of(ca, pin, certificate, said(config, "client_key"))
                        .getSocketFactory(),
                token,
                timeout));
    }

    private Optional<String> said(CtyValue.Fields config, String name) {
        return config.text(name)
                .or(() -> Optional.ofNullable(environment.get("TOMBOLO_" + name.toUpperCase(Locale.ROOT))))
                .filter(text -> !text.isBlank());
    }

    private static String read(String file) {
        return new String(SecretFile.read(Path.of(file)), StandardCharsets.US_ASCII).strip();
    }

    private static Problem missing(String name, String what) {
        return Problem.error(
                ValuePath.ROOT.name(name),
                "Missing " + name,
                "The provider does not know " + what + ". Set " + name + ", or TOMBOLO_"
                        + name.toUpperCase(Locale.ROOT)
                        + " in the environment: `eval \"$(tombolo context env)\"` sets all that is needed.");
    }
}
