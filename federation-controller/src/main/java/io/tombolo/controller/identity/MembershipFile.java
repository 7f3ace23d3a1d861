package io.tombolo.controller.identity;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import java.util.Optional;

/** Keeps the membership on disk, so that a restart needs nobody to know who this cluster is. */
public final class MembershipFile {
    private static final String KIND = "MEMB";

    private final JsonState<Form> file;

    public MembershipFile(StateDirectory directory) {
        this.file = new JsonState<>(directory.file("membership.state"), KIND, Form.class);
    }

    public Optional<Membership> read() {
        return file.read().map(Form::toMembership);
    }

    /** Fsynced when it returns. */
    public void write(Membership membership) {
        file.write(Form.of(membership));
    }

    record Form(
            String cluster,
            String federation,
            String federationId,
            long epoch,
            String trustDomain,
            boolean authority,
            Membership.Ended ended) {
        static Form of(Membership m) {
            return new Form(
                    m.cluster().value(),
                    m.federation().value(),
                    m.federationId().hex(),
                    m.epoch(),
                    m.trustDomain().name(),
                    m.authority(),
                    m.ended());
        }

        Membership toMembership() {
            return new Membership(
                    new ClusterId(cluster),
                    new FederationName(federation),
                    new FederationId(federationId),
                    epoch,
                    new TrustDomain(trustDomain),
                    authority,
                    ended);
        }
    }
}
