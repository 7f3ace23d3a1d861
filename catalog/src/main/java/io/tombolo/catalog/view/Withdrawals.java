package io.tombolo.catalog.view;

import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import io.tombolo.wire.log.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services that were withdrawn, as long as that is shown. Immutable.
 * @param sources   the withdrawn records of each origin
 * @param newest    of all services that were ever withdrawn, by whomever last
 * @param shown     those of them that callers hear of at {@code wall}
 * @param wall      when that was looked at
 * @param unchanged until when it stays so, as long as no clock is set back
 */
record Withdrawals(
        List<List<SignedRecord>> sources,
        Map<ServiceName, Instant> newest,
        Map<ServiceName, Instant> shown,
        Instant wall,
        Instant unchanged) {
    static final Withdrawals NONE = new Withdrawals(List.of(), Map.of(), Map.of(), Instant.MIN, Instant.MAX);

    /** Those of {@code catalogs} at {@code now}; this very one if neither records nor time changed anything. */
    Withdrawals next(Collection<OriginState> catalogs, Instant now) {
        List<List<SignedRecord>> said = new ArrayList<>();
        catalogs.forEach(catalog -> said.add(catalog.withdrawn()));
        if (!isOf(said)) {
            return shown(said, newest(said), now);
        }
        return now.isBefore(wall) || now.isAfter(unchanged) ? shown(said, newest, now) : this;
    }

    private boolean isOf(List<List<SignedRecord>> said) {
        boolean same = said.size() == sources.size();
        for (int i = 0; same && i < said.size(); i++) {
            same = said.get(i) == sources.get(i);
        }
        return same;
    }

    private static Map<ServiceName, Instant> newest(List<List<SignedRecord>> said) {
        Map<ServiceName, Instant> newest = new HashMap<>();
        said.forEach(records -> records.forEach(record -> service(record)
                .ifPresent(service -> newest.merge(service, record.issuedAt(), (a, b) -> a.isAfter(b) ? a : b))));
        return newest;
    }

    private static Withdrawals shown(List<List<SignedRecord>> said, Map<ServiceName, Instant> newest, Instant now) {
        Map<ServiceName, Instant> shown = new HashMap<>();
        Instant unchanged = Instant.MAX;
        for (Map.Entry<ServiceName, Instant> one : newest.entrySet()) {
            Instant until = one.getValue().plus(CatalogView.WITHDRAWN_SHOWN);
            if (!until.isBefore(now)) {
                shown.put(one.getKey(), one.getValue());
                unchanged = until.isBefore(unchanged) ? until : unchanged;
            }
        }
        return new Withdrawals(said, newest, shown, now, unchanged);
    }

    /** The service of an export's key; keys of other kinds have none. */
    private static Optional<ServiceName> service(SignedRecord record) {
        String[] parts = record.key().split("/", -1);
        boolean export = record.kind() == Kind.KIND_EXPORTED_SERVICE
                && parts.length == 3
                && Rfc1123.isLabel(parts[1])
                && Rfc1123.isLabel(parts[2]);
        return export ? Optional.of(new ServiceName(parts[1], parts[2])) : Optional.empty();
    }
}
