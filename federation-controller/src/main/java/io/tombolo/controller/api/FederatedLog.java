package io.tombolo.controller.api;

import io.tombolo.controller.failover.Known;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.publish.CatalogWriter;
import io.tombolo.controller.subscribe.CatalogFeed;
import java.util.Optional;

/** The log as a member reads and writes it; everything is empty while this cluster is none. */
public interface FederatedLog {
    Optional<CatalogFeed> feed();

    Optional<CatalogWriter> writer();

    /** What calls are divided by now. */
    Optional<Known> known();

    /** What can be called from here now. */
    Optional<Imports> imports();
}
