package io.tombolo.dataplane.enrol;

import com.google.protobuf.ByteString;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.pem.Der;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.enrol.Role;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Who this proxy is, as its controller registered it.
 * @param svid        with its private key
 * @param ownBundle   of the own trust domain, as of the last renewal
 * @param renewAt     by the controller's wish
 * @param controllers addresses of :15010, at least one
 */
public record Identity(
        Svid svid,
        TrustBundle ownBundle,
        InstanceId instance,
        Role role,
        ClusterId cluster,
        FederationName federation,
        FederationId federationId,
        Instant renewAt,
        List<HostPort> controllers) {
    public Identity {
        controllers = List.copyOf(controllers);
        if (controllers.isEmpty()) {
            throw new TomboloException(
                    Fault.BAD_REQUEST, "enrolment", "names no controller", "check proxies.host of the controller");
        }
    }

    /** The id that the own controllers prove. */
    public SpiffeId controllerId() {
        return SpiffeId.controller(svid.id().trustDomain());
    }

    /**
     * Reads what a controller issued.
     * @throws TomboloException if anything in it does not fit the key or itself
     */
    static Identity of(Issued issued, PrivateKey key) {
        List<X509Certificate> chain = Der.certificates(
                issued.getSvidChainList().stream().map(ByteString::toByteArray).toList());
        Svid svid = Svid.of(chain, key);
        if (!svid.id().toString().equals(issued.getSpiffeId())) {
            throw new TomboloException(
                    Fault.BAD_CERTIFICATE, "SVID " + svid.id(), "was issued as " + issued.getSpiffeId(), "enrol again");
        }
        return new Identity(
                svid,
                TrustBundle.parse(svid.id().trustDomain(), issued.getOwnBundle().toByteArray()),
                new InstanceId(issued.getInstance()),
                issued.getRole(),
                new ClusterId(issued.getCluster()),
                new FederationName(issued.getFederationName()),
                FederationId.of(issued.getFederationId().toByteArray()),
                Instant.ofEpochMilli(issued.getRenewAtMs()),
                issued.getControllerAddressesList().stream()
                        .map(HostPort::parse)
                        .toList());
    }
}
