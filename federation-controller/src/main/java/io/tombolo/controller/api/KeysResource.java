package io.tombolo.controller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.join.FederatedRooms;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The keys that sign the members' records. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/keys")
public final class KeysResource {
    private final FederatedLog log;
    private final Federation federation;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public KeysResource(FederatedLog log, Federation federation, Changes changes, Callers callers) {
        this.log = log;
        this.federation = federation;
        this.changes = changes;
        this.callers = callers;
    }

    /**
     * One key.
     * @param use {@code signs} the newest term of its cluster; {@code may sign}: the members list it; {@code not admitted}: it
     *            was made here and is to sign
     */
    public record KeyShown(String cluster, long epoch, String id, String use) {}

    @GET
    public List<KeyShown> list() {
        var shown = new ArrayList<KeyShown>();
        log.feed().map(CatalogFeed::current).ifPresent(view -> {
            view.members().admitted().forEach(member -> shown.addAll(listed(view, member)));
            notAdmitted(view).ifPresent(shown::add);
        });
        return shown;
    }

    /** Begins to change the key that signs this cluster's records, or goes on; followed as a job. */
    @POST
    @Path("/rotate")
    public FederationResource.Shown rotate() {
        callers.current().mustOperate("change the key that signs records");
        return FederationResource.Shown.of(
                changes.recorded(callers.current(), "keys.rotate", "", federation::rotateKeys));
    }

    private static List<KeyShown> listed(CatalogView view, Payload.Member member) {
        Optional<String> signs = view.catalog(member.cluster())
                .map(KeysResource::newestTerm)
                .flatMap(term -> term.map(
                        record -> HexFormat.of().formatHex(record.keyId().toByteArray())));
        return member.signingKeys().stream()
                .map(SigningKeys::id)
                .map(id -> new KeyShown(
                        member.cluster().value(),
                        member.epoch(),
                        id,
                        signs.filter(id::equals).isPresent() ? "signs" : "may sign"))
                .toList();
    }

    private static Optional<SignedRecord> newestTerm(OriginState catalog) {
        return catalog.liveRecords(Payload.WriterTerm.class).stream().findFirst();
    }

    private Optional<KeyShown> notAdmitted(CatalogView view) {
        Optional<Payload.Member> self = view.members().member(view.own());
        Optional<Ed25519PublicKey> next = federation
                .rooms()
                .map(FederatedRooms::rotation)
                .flatMap(rotation -> rotation.keys().next())
                .map(Ed25519Key::publicKey);
        return self.flatMap(member -> next.filter(key -> !member.signingKeys().contains(key))
                .map(key ->
                        new KeyShown(member.cluster().value(), member.epoch(), SigningKeys.id(key), "not admitted")));
    }
}
