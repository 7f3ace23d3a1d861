package io.tombolo.controller.backbone;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.tls.CertifiedKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A Java key store or trust store, with its password in a file of its own.
 * @param type {@code PKCS12} or {@code JKS}
 */
record StoreFile(Path file, String type, Path passwordFile) {
    /** The store's one key with its chain. */
    CertifiedKey certifiedKey() {
        char[] password = password();
        try {
            KeyStore store = open(password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    return new CertifiedKey(x509(Arrays.asList(store.getCertificateChain(alias))), key);
                }
            }
            throw empty("private key");
        } catch (GeneralSecurityException | IOException e) {
            throw ConnectionFile.unreadable(file, "as " + type + " with its password", e);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    /** Every certificate that the store trusts. */
    List<X509Certificate> roots() {
        char[] password = password();
        try {
            KeyStore store = open(password);
            var found = new ArrayList<Certificate>();
            for (String alias : Collections.list(store.aliases())) {
                found.add(store.getCertificate(alias));
            }
            if (found.isEmpty()) {
                throw empty("certificate");
            }
            return x509(found);
        } catch (GeneralSecurityException | IOException e) {
            throw ConnectionFile.unreadable(file, "as " + type + " with its password", e);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    private KeyStore open(char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(new ByteArrayInputStream(SecretFile.read(file)), password);
        return store;
    }

    private char[] password() {
        return new String(SecretFile.read(passwordFile), StandardCharsets.UTF_8)
                .strip()
                .toCharArray();
    }

    private static List<X509Certificate> x509(List<Certificate> certificates) {
        return certificates.stream().map(X509Certificate.class::cast).toList();
    }

    private TomboloException empty(String what) {
        return new TomboloException(
                Fault.FILE_UNREADABLE, "file " + file, "holds no " + what, "name the store that holds one");
    }
}
