package io.tombolo.controller.importing;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.Set;

/**
 * What it is decided by where routes lead.
 * @param callable what can be called from here, by somebody or by whomever
 * @param imported the services that some cluster exports: they are what a {@code ServiceImport} can name
 * @param grants   for backends of other namespaces
 */
public record RouteSurroundings(
        List<ImportedService> callable, Set<ServiceName> imported, List<ReferenceGrant> grants) {
    public RouteSurroundings {
        callable = List.copyOf(callable);
        imported = Set.copyOf(imported);
        grants = List.copyOf(grants);
    }
}
