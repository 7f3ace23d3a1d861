package io.tombolo.controller.kube;

import io.tombolo.model.catalog.ImportedService;
import java.util.Map;

/**
 * A service that at least one cluster exports.
 * @param labels      that its oldest export gives it
 * @param annotations likewise
 */
public record SharedService(ImportedService service, Map<String, String> labels, Map<String, String> annotations) {
    public SharedService {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
