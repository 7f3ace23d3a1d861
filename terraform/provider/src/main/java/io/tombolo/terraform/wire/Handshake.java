package io.tombolo.terraform.wire;

import io.tombolo.trustbundle.pem.Pem;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How Terraform and a plugin find each other: what Terraform says in the environment, and the line that answers it.
 * @param client PEM of the certificate that Terraform will show; empty where it asks for no TLS
 */
record Handshake(Optional<String> client) {
    /** Of {@code tfplugin6}. */
    static final int VERSION = 6;

    static final String COOKIE = "TF_PLUGIN_MAGIC_COOKIE";
    static final String COOKIE_VALUE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
    static final String VERSIONS = "PLUGIN_PROTOCOL_VERSIONS";
    static final String CLIENT_CERTIFICATE = "PLUGIN_CLIENT_CERT";

    /** Why there is no handshake, for the person who reads it. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String what) {
            super(what);
        }
    }

    static Handshake of(Map<String, String> environment) throws Refused {
        if (!COOKIE_VALUE.equals(environment.get(COOKIE))) {
            throw new Refused("This program is a provider for Terraform. Terraform starts it by itself: "
                    + "name tombolo/tombolo among required_providers, and run `terraform init`.");
        }
        List<String> versions = Arrays.asList(
                environment.getOrDefault(VERSIONS, String.valueOf(VERSION)).split(","));
        if (!versions.contains(String.valueOf(VERSION))) {
            throw new Refused("This Terraform speaks versions " + versions
                    + " of the plugin protocol, this provider version 6: use Terraform 1.11 or newer.");
        }
        return new Handshake(
                Optional.of(environment.getOrDefault(CLIENT_CERTIFICATE, "")).filter(pem -> !pem.isBlank()));
    }

    /** Read apart, because it takes a while. */
    static X509Certificate certificate(String pem) throws Refused {
        List<X509Certificate> certificates = Pem.certificates(pem);
        if (certificates.size() != 1) {
            throw new Refused(CLIENT_CERTIFICATE + " holds " + certificates.size() + " certificates, not one.");
        }
        return certificates.getFirst();
    }

    /** The first line on stdout. @param server empty where there is no TLS */
    static String line(int port, Optional<X509Certificate> server) {
        String shown = server.map(Handshake::base64).orElse("");
        return "1|" + VERSION + "|tcp|127.0.0.1:" + port + "|grpc|" + shown;
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().withoutPadding().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("it was just made", impossible);
        }
    }
}
