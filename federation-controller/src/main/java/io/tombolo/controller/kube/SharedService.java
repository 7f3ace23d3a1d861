package io.tombolo.controller.kube;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceTraits;
import java.util.Map;

/**
 * A service that at least one cluster exports.
 * @param labels      that its oldest export gives it
 * @param annotations likewise
 * @param traits      likewise, but the ports of all
 */
public record SharedService(
        ImportedService service, Map<String, String> labels, Map<String, String> annotations, ServiceTraits traits) {
    public SharedService {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
