package io.tombolo.controller.push;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.enrol.Registrations;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.verify.PeerVerifier;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Finds the registration behind a verified certificate. A call without one goes on without one: enrolment is for it. */
final class ProxyIdentity implements ServerInterceptor {
    /** Set when the caller is a registered proxy. */
    static final Context.Key<Registration> PROXY = Context.key("tombolo-proxy");

    private final Registrations registrations;
    private final Supplier<BundleSet> bundle;

    /** @param bundle asked for once a certificate is shown: an SVID of a former epoch is none any more */
    ProxyIdentity(Registrations registrations, Supplier<BundleSet> bundle) {
        this.registrations = registrations;
        this.bundle = bundle;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        @Nullable SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        Context context = session == null
                ? Context.current()
                : registration(session)
                        .map(r -> Context.current().withValue(PROXY, r))
                        .orElse(Context.current());
        return Contexts.interceptCall(context, call, headers, next);
    }

    private Optional<Registration> registration(SSLSession session) {
        try {
            List<X509Certificate> chain = Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
            VerifiedPeer peer = PeerVerifier.verify(chain, bundle.get(), Instant.now());
            return peer.dnsName()
                    .flatMap(InstanceName::parse)
                    .flatMap(this::named)
                    .filter(r -> r.role().idIn(peer.id().trustDomain()).equals(peer.id()));
        } catch (SSLPeerUnverifiedException | TomboloException nobody) {
            return Optional.empty();
        }
    }

    private Optional<Registration> named(InstanceName name) {
        return switch (name) {
            case InstanceName.Workload workload -> registrations.find(workload.instance());
            case InstanceName.Gateway gateway -> registrations.find(gateway.instance());
            case InstanceName.Controller _ -> Optional.empty();
        };
    }
}
