package io.tombolo.cli.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.output.Table;
import io.tombolo.model.name.ServiceName;

/** The shape that all resources share. */
final class Resources {
    /** What applying and deleting answer. */
    static final Table RESULTS = new Table("Nothing was said.")
            .column("KIND", "/kind")
            .column("NAMESPACE", "/namespace")
            .column("NAME", "/name")
            .column("RESULT", "/result")
            .column("PUBLISHED", "/published");

    private Resources() {}

    static ObjectNode empty(String kind, ServiceName name) {
        ObjectNode resource =
                ApiClient.body().put("apiVersion", "tombolo.io/v1").put("kind", kind);
        resource.putObject("metadata").put("name", name.name()).put("namespace", name.namespace());
        return resource;
    }

    static String path(String kind, ServiceName name) {
        return "/resources/" + kind + "/" + name.namespace() + "/" + name.name();
    }
}
