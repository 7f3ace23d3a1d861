package io.tombolo.cli.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Services with clusters in them, as rows for people. */
final class Rows {
    private Rows() {}

    /** One row for each cluster of each service, which carries the service's fields too, below {@code of}. */
    static ArrayNode of(JsonNode services, String list) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (JsonNode service : services) {
            for (JsonNode cluster : service.path(list)) {
                ObjectNode row = cluster.deepCopy();
                row.set("of", service);
                rows.add(row);
            }
        }
        return rows;
    }

    /** {@code 12.5 %} of 0.125. */
    static String percent(JsonNode share) {
        double percent = share.asDouble() * 100;
        return percent == Math.rint(percent)
                ? String.format(Locale.ROOT, "%.0f %%", percent)
                : String.format(Locale.ROOT, "%.1f %%", percent);
    }
}
