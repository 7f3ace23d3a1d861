package io.tombolo.catalog.merge;

import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.Locality;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * One cluster's export, with what is known around it.
 * @param admittedAt when the cluster was admitted: no export of it counts as older
 * @param issuedAt   when the record was signed: no export counts as younger than its own record
 * @param health     empty = unknown
 */
public record Export(
        ClusterId cluster,
        Locality locality,
        ExportedService service,
        Instant admittedAt,
        Instant issuedAt,
        Optional<ServiceHealth> health) {
    /** Oldest first, then by cluster: the first one decides a conflict. */
    static final Comparator<Export> PRECEDENCE =
            Comparator.comparing(Export::createdAt).thenComparing(Export::cluster);

    /** The creation time that counts: what the cluster says, within [admission, issue time]. */
    public Instant createdAt() {
        Instant said = service.createdAt();
        Instant notAfter = said.isAfter(issuedAt) ? issuedAt : said;
        return notAfter.isBefore(admittedAt) ? admittedAt : notAfter;
    }
}
