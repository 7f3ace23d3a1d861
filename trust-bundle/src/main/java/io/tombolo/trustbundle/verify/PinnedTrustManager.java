package io.tombolo.trustbundle.verify;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.svid.SubjectNames;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an enrolment server by the pin of its CA's key, which came with a token. The chain must contain that CA's
 * certificate; the leaf must chain to it, be for servers, and be an enrolment server's (no URI name) or a controller's SVID:
 * a workload's SVID from the same CA is refused, or every workload could pose as the authority. Never for clients.
 */
public final class PinnedTrustManager extends VerifyingTrustManager {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CONTROLLER_PATH = "/ns/" + SpiffeId.SYSTEM_NAMESPACE + "/sa/controller";

    private final KeyPin pin;
    private final InstantSource clock;

    public PinnedTrustManager(KeyPin pin, InstantSource clock) {
        this.pin = pin;
        this.clock = clock;
    }

    @Override
    void verifyClient(List<X509Certificate> chain) {
        throw bad("clients are not verified by a pin");
    }

    @Override
    void verifyServer(List<X509Certificate> chain) {
        if (chain.isEmpty() || chain.size() > Der.MAX_CHAIN) {
            throw bad("its chain has " + chain.size() + " certificates; 1 to " + Der.MAX_CHAIN + " are allowed");
        }
        int pinned = pinnedIndex(chain);
        CertificatePath.check(
                chain.subList(0, pinned), List.of(chain.get(pinned)), clock.instant(), "the enrolment server");
        checkLeaf(chain.getFirst());
    }

    /** Where the pinned CA stands; never the leaf itself. */
    private int pinnedIndex(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            if (chain.get(i).getBasicConstraints() >= 0 && pin.equals(KeyPin.of(chain.get(i)))) {
                return i;
            }
        }
        throw new TomboloException(
                Fault.WRONG_ENROLMENT_CA,
                "enrolment server",
                "its certificates do not contain the key " + pin + " that the token pins",
                "check the address in the token; somebody else may answer there. If the CA was renewed, make a new token");
    }

    private static void checkLeaf(X509Certificate leaf) {
        if (leaf.getBasicConstraints() >= 0 || !isForServers(leaf)) {
            throw bad("it is not a server's certificate");
        }
        List<String> uris = SubjectNames.of(leaf).uris();
        boolean isController = uris.size() == 1 && uris.getFirst().endsWith(CONTROLLER_PATH);
        if (!uris.isEmpty() && !isController) {
            throw bad("it belongs to a workload, not to an enrolment server");
        }
    }

    private static boolean isForServers(X509Certificate leaf) {
        try {
            @Nullable List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes != null && purposes.contains(SERVER_AUTH);
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    private static TomboloException bad(String what) {
        return new TomboloException(
                Fault.BAD_CERTIFICATE, "certificate of the enrolment server", what, "check the address in the token");
    }
}
