package io.tombolo.controller.store;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds that users may write; {@code apiVersion: tombolo.io/v1}. */
public enum ResourceKind {
    /** Makes a service available to the federation. */
    SERVICE_EXPORT("ServiceExport"),
    /** Makes a service known inside its own cluster. */
    SERVICE("Service");

    /** The one version. */
    public static final String API_VERSION = "tombolo.io/v1";

    private final String text;

    ResourceKind(String text) {
        this.text = text;
    }

    /** As in YAML. */
    public String text() {
        return text;
    }

    /** Reads it, in any case, singular or plural, as users type it. */
    public static ResourceKind parse(String where, String text) {
        for (ResourceKind kind : values()) {
            if (kind.text.equalsIgnoreCase(text) || (kind.text + "s").equalsIgnoreCase(text)) {
                return kind;
            }
        }
        String known = Arrays.stream(values()).map(ResourceKind::text).collect(Collectors.joining(", "));
        throw new TomboloException(
                Fault.BAD_RESOURCE, where, "'" + text + "' is no kind of resource", "known kinds are " + known);
    }
}
