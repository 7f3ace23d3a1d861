package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.svid.Svid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * An identity in files, for programs that are not ours.
 * @param chain of certificates, PEM
 * @param key   0600
 * @param both  in one file, 0600
 * @param roots  that the other side's certificate must chain to
 * @param serial of the certificate, in upper-case hex: what programs compare that cannot read SPIFFE ids
 */
public record Papers(Path chain, Path key, Path both, Path roots, String serial) {
    /** Writes them into a workshop, under names that begin with {@code name}. */
    public static Papers write(Workshop workshop, String name, Svid svid, List<X509Certificate> roots) {
        String chain = Pem.write(svid.chain());
        String key = Pem.write(svid.privateKey());
        var papers = new Papers(
                workshop.write(name + ".pem", chain),
                workshop.file(name + ".key"),
                workshop.file(name + ".both"),
                workshop.write(name + ".roots", Pem.write(roots)),
                HexFormat.of()
                        .withUpperCase()
                        .formatHex(svid.chain().getFirst().getSerialNumber().toByteArray()));
        SecretFile.write(papers.key(), key.getBytes(StandardCharsets.US_ASCII));
        SecretFile.write(papers.both(), (chain + key).getBytes(StandardCharsets.US_ASCII));
        return papers;
    }
}
