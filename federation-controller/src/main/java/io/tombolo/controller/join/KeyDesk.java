package io.tombolo.controller.join;

import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.KeyRemoval;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.publish.Publication;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.log.SignedEnvelope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an authority changes the record-signing keys of members. Answers only once Kafka has the members record: who signs
 * with a new key before that is read by some who do not know of it. Removes a key only once nothing in the log needs it.
 */
final class KeyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(KeyDesk.class);
    static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(10);

    private final MembersBook book;
    private final RecordSigner signer;
    private final Function<ClusterId, Optional<OriginState>> catalogs;
    private final BiConsumer<ClusterId, List<String>> recorded;
    private final Duration publishedWithin;
    private final InstantSource clock;

    KeyDesk(
            MembersBook book,
            RecordSigner signer,
            Function<ClusterId, Optional<OriginState>> catalogs,
            BiConsumer<ClusterId, List<String>> recorded,
            Duration publishedWithin,
            InstantSource clock) {
        this.recorded = recorded;
        this.publishedWithin = publishedWithin;
        this.book = book;
        this.signer = signer;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /**
     * Makes {@code wanted} the keys of a member, who has proven that it wants them; may be repeated.
     * @throws TomboloException KEY_STILL_USED, KEYS_REPLACED, BOUND_ELSEWHERE, NOT_FOUND, BACKBONE_UNREACHABLE
     */
    List<SignedEnvelope> change(ClusterId cluster, List<Ed25519PublicKey> wanted) {
        boolean changed = book.signUnless(log -> has(log, cluster, wanted), log -> {
            refuseIfNeeded(log, cluster, wanted);
            recorded.accept(cluster, ids(wanted)); // what cannot be recorded is not done
            return new MemberChange(log, signer).signingKeys(cluster, wanted, clock.instant());
        });
        awaitPublished(book.publishNewest(cluster));
        if (changed) {
            LOG.atInfo()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("keys", ids(wanted))
                    .log("record-signing keys changed");
        }
        return book.current().recordsOf(cluster);
    }

    private static List<String> ids(List<Ed25519PublicKey> keys) {
        return keys.stream().map(SigningKeys::id).toList();
    }

    private static boolean has(MembersLog log, ClusterId cluster, List<Ed25519PublicKey> wanted) {
        return log.member(cluster)
                .filter(member -> new HashSet<>(member.signingKeys()).equals(new HashSet<>(wanted)))
                .isPresent();
    }

    private void refuseIfNeeded(MembersLog log, ClusterId cluster, List<Ed25519PublicKey> wanted) {
        boolean removes = log.member(cluster).map(Payload.Member::signingKeys).orElse(List.of()).stream()
                .anyMatch(key -> !wanted.contains(key));
        if (removes) {
            KeyRemoval.hindrance(catalogs.apply(cluster), wanted).ifPresent(why -> {
                throw new TomboloException(
                        Fault.KEY_STILL_USED,
                        "record-signing keys of " + cluster,
                        why,
                        "the member publishes them again with its new key; then ask again");
            });
        }
    }

    private void awaitPublished(Publication publication) {
        try {
            publication.acknowledged().get(publishedWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException later) {
            throw new TomboloException(
                    Fault.BACKBONE_UNREACHABLE,
                    "members record",
                    "is signed, and Kafka has not taken it within " + publishedWithin.toSeconds() + " s",
                    "ask again; nothing is lost",
                    later);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TomboloException(
                    Fault.BACKBONE_UNREACHABLE, "members record", "was not waited for", "ask again", stopped);
        }
    }
}
