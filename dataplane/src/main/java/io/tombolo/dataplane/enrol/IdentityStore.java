package io.tombolo.dataplane.enrol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity on disk: {@code node.key} (PEM, made once), {@code svid.pem} (key and chain in one file, so that they always
 * fit; 0600), and {@code enrolment}, what else the controller said. Blocks on the disk.
 */
final class IdentityStore {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityStore.class);
    private static final FileKind KIND = new FileKind("ENRL", 1);

    private final Path nodeKeyFile;
    private final Path svidFile;
    private final StateFile enrolment;

    IdentityStore(Path stateDirectory) {
        this.nodeKeyFile = stateDirectory.resolve("node.key");
        this.svidFile = stateDirectory.resolve("svid.pem");
        this.enrolment = new StateFile(stateDirectory.resolve("enrolment"), KIND);
    }

    /** The node's key, made at the first call ever. */
    Ed25519Key nodeKey() {
        if (Files.exists(nodeKeyFile)) {
            return Ed25519Key.fromSeed(SecretFile.read(nodeKeyFile));
        }
        Ed25519Key fresh = Ed25519Key.generate();
        SecretFile.write(nodeKeyFile, fresh.seed());
        return fresh;
    }

    /** What a former run left; empty if there is nothing or it does not verify, which is logged. */
    Optional<Identity> load() {
        StateRead read = enrolment.read();
        if (read instanceof StateRead.Damaged(TomboloException report)) {
            LOG.warn("{}", report.getMessage());
        }
        if (read.found().isEmpty() || !Files.exists(svidFile)) {
            return Optional.empty();
        }
        try {
            return Optional.of(restore(Issued.parseFrom(read.found().get())));
        } catch (InvalidProtocolBufferException | TomboloException unusable) {
            LOG.warn("the stored identity cannot be used: {}", unusable.getMessage());
            return Optional.empty();
        }
    }

    /** The chain in the PEM file counts: it was written with its key. */
    private Identity restore(Issued issued) {
        String pem = new String(SecretFile.read(svidFile), StandardCharsets.US_ASCII);
        List<X509Certificate> chain = Pem.certificates(pem);
        Issued.Builder current = issued.toBuilder().clearSvidChain();
        Der.bytes(chain).forEach(der -> current.addSvidChain(ByteString.copyFrom(der)));
        return Identity.of(current.build(), Pem.privateKey(pem));
    }

    /** Keeps a new identity; when it returns, both files survive a power cut. */
    Identity keep(Issued issued, P256Key key) {
        Identity identity = Identity.of(issued, key.privateKey());
        String pem = key.toPem() + Pem.write(identity.svid().chain());
        SecretFile.write(svidFile, pem.getBytes(StandardCharsets.US_ASCII));
        enrolment.write(issued.toByteArray());
        return identity;
    }
}
