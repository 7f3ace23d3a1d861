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
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.svid.InstanceName;
import io.tombolo.trustbundle.svid.SvidLeaf;
import java.security.cert.X509Certificate;
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
    private final Supplier<TrustDomain> trustDomain;

    ProxyIdentity(Registrations registrations, Supplier<TrustDomain> trustDomain) {
        this.registrations = registrations;
        this.trustDomain = trustDomain;
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
            SvidLeaf leaf = SvidLeaf.read((X509Certificate) session.getPeerCertificates()[0]);
            return leaf.dnsName()
                    .flatMap(InstanceName::parse)
                    .flatMap(this::named)
                    .filter(r -> r.role().idIn(trustDomain.get()).equals(leaf.id()));
        } catch (SSLPeerUnverifiedException noCertificate) {
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
