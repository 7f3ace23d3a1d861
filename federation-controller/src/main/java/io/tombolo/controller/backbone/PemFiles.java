package io.tombolo.controller.backbone;

import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate chain and its key in two PEM files; both are read when asked for. */
record PemFiles(Path certificate, Path key) {
    CertifiedKey certifiedKey() {
        return new CertifiedKey(certificates(certificate), Pem.privateKey(secret(key)));
    }

    static List<X509Certificate> certificates(Path file) {
        try {
            return Pem.certificates(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw ConnectionFile.unreadable(file, "as PEM", e);
        }
    }

    static String secret(Path file) {
        return new String(SecretFile.read(file), StandardCharsets.US_ASCII);
    }
}
