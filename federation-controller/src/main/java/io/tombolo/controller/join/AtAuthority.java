package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.wire.join.ChangeSigningKeysRequest;
import io.tombolo.wire.join.SigningKey;
import io.tombolo.wire.log.SignedEnvelope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks for other keys: this cluster's own book, if it is an authority, or another one's over :15012. */
public final class AtAuthority implements KeyAdmission {
    private final StateDirectory state;
    private final Membership own;
    private final Supplier<CatalogView> view;
    private final Consumer<SignedEnvelope> heard;
    private final Supplier<Optional<Authority>> authority;
    private final InstantSource clock;

    /**
     * A way in.
     * @param view      what is read of the log
     * @param heard     takes what an authority signed, before it is read
     * @param authority this cluster itself, if it is one
     */
    public AtAuthority(
            StateDirectory state,
            Membership own,
            Supplier<CatalogView> view,
            Consumer<SignedEnvelope> heard,
            Supplier<Optional<Authority>> authority,
            InstantSource clock) {
        this.state = state;
        this.own = own;
        this.view = view;
        this.heard = heard;
        this.authority = authority;
        this.clock = clock;
    }

    @Override
    public List<Ed25519PublicKey> listed() {
        return self().map(Payload.Member::signingKeys).orElse(List.of());
    }

    private Optional<Payload.Member> self() {
        return members().member(own.cluster()).filter(member -> member.epoch() == own.epoch());
    }

    private MembersLog members() {
        return view.get().members();
    }

    @Override
    public long change(List<Ed25519PublicKey> wanted, KeyProofs proofs) {
        List<SignedEnvelope> records = authority
                .get()
                .map(self -> self.changeSigningKeys(own.cluster(), wanted))
                .orElseGet(() ->
                        new AuthorityContact(state).call(own.federationId(), client -> asked(client, wanted, proofs)));
        long version = proven(own, records, wanted);
        new FederationFile(state).keep(records);
        records.forEach(heard);
        return version;
    }

    /** An old key is deleted by this answer: it must say, by signatures, that this cluster has the keys that it wanted. */
    static long proven(Membership own, List<SignedEnvelope> records, List<Ed25519PublicKey> wanted) {
        return MembersLog.restored(own.federationId(), records)
                .member(own.cluster())
                .filter(self -> self.epoch() == own.epoch()
                        && Set.copyOf(self.signingKeys()).equals(Set.copyOf(wanted)))
                .map(Payload.Member::version)
                .orElseThrow(() -> new TomboloException(
                        Fault.CONFLICT,
                        "answer of the authority",
                        "its members list does not give this cluster the keys that it asked for",
                        "somebody else may change them: see `tombolo keys list`"));
    }

    private List<SignedEnvelope> asked(EnrolmentClient client, List<Ed25519PublicKey> wanted, KeyProofs proofs) {
        long now = clock.millis();
        byte[] text = ProofText.changeSigningKeys(
                client.exporter(), own.federationId(), own.cluster(), own.epoch(), now, wanted);
        var request = ChangeSigningKeysRequest.newBuilder()
                .setCluster(own.cluster().value())
                .setEpoch(own.epoch())
                .setIssuedAtMs(now)
                .setSignature(ByteString.copyFrom(proofs.asMember(text)));
        var asked = new KeyProofs.Asked(client.exporter(), now, wanted);
        List<Ed25519PublicKey> listed = listed();
        for (Ed25519PublicKey key : wanted) {
            byte[] possession = listed.contains(key) ? new byte[0] : proofs.possession(key, asked, text);
            request.addKeys(SigningKey.newBuilder()
                    .setPublicKey(ByteString.copyFrom(key.raw()))
                    .setPossession(ByteString.copyFrom(possession)));
        }
        return client.call(stub -> stub.changeSigningKeys(request.build()).getMembersList());
    }

    @Override
    public boolean heardByOthers() {
        CatalogView now = view.get();
        return now.origins().stream()
                .filter(origin -> !origin.cluster().equals(own.cluster()))
                .filter(AtAuthority::isFresh)
                .allMatch(origin -> origin.acks()
                        .filter(acks -> acks.membersVersion() >= now.members().version())
                        .isPresent());
    }

    private static boolean isFresh(OriginView origin) {
        return origin.age().filter(age -> age.freshness() == Freshness.FRESH).isPresent();
    }
}
