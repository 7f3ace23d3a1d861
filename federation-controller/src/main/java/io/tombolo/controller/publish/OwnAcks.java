package io.tombolo.controller.publish;

import io.tombolo.catalog.record.Payload;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says how far this cluster is with what others wrote: of members and bundles at once, because paths wait for it; of
 * catalogs at most every 10 s. Called on one thread.
 */
public final class OwnAcks {
    private static final Duration CATALOGS_EACH = Duration.ofSeconds(10);

    private final CatalogWriter writer;
    private final ClusterId own;
    private Payload.@Nullable Acks last;
    private long catalogsAtNanos;

    public OwnAcks(CatalogWriter writer, ClusterId own) {
        this.writer = writer;
        this.own = own;
    }

    /** Writes {@code now} if it says something that cannot wait, or waited long enough. Blocks for an fsync then. */
    public void offer(Payload.Acks acks, long nowNanos) {
        Payload.Acks now = withoutOwn(acks);
        Payload.@Nullable Acks before = last;
        boolean urgent = before == null
                || before.membersVersion() != now.membersVersion()
                || !before.bundles().equals(now.bundles())
                || before.revocationsSeq() != now.revocationsSeq();
        boolean due = nowNanos - catalogsAtNanos >= CATALOGS_EACH.toNanos() && !now.equals(before);
        if (urgent || due) {
            writer.put(now);
            last = now;
            catalogsAtNanos = nowNanos;
        }
    }

    /** Acks are records of the own catalog: acknowledging that would never end. */
    private Payload.Acks withoutOwn(Payload.Acks acks) {
        Map<ClusterId, Payload.EpochSeq> catalogs = new HashMap<>(acks.catalogs());
        catalogs.remove(own);
        return new Payload.Acks(
                acks.membersVersion(), acks.membersHead(), acks.bundles(), catalogs, acks.revocationsSeq());
    }
}
