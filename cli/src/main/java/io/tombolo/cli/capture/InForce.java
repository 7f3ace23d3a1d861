package io.tombolo.cli.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel's rules mean for one sidecar: added to what it says itself, for it cannot see them without being root. */
final class InForce {
    private static final Pattern REDIRECT = Pattern.compile("redirect to :([0-9]+)");
    private static final String NAME = "transparent";

    private InForce() {}

    /** Adds {@code rules} to the answer; if they cannot be read, why. */
    static void add(JsonNode answer, Nft nft) {
        try {
            add(answer, nft.table());
        } catch (TomboloException unreadable) {
            put(answer, "cannot be read: " + unreadable.what());
        }
    }

    /**
     * The same.
     * @param table what is in force; empty = no rules
     */
    static void add(JsonNode answer, Optional<String> table) {
        rung(answer).ifPresent(rung -> rung.put("rules", text(table, rung.path("addresses"))));
    }

    private static void put(JsonNode answer, String rules) {
        rung(answer).ifPresent(rung -> rung.put("rules", rules));
    }

    private static Optional<ObjectNode> rung(JsonNode answer) {
        for (JsonNode rung : answer.path("rungs")) {
            if (rung instanceof ObjectNode node && node.path("name").asText().equals(NAME)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    private static String text(Optional<String> table, JsonNode addresses) {
        if (table.isEmpty()) {
            return "none";
        }
        Matcher redirect = REDIRECT.matcher(table.get());
        if (!redirect.find()) {
            return "not as `tombolo sidecar capture install` makes them";
        }
        String port = redirect.group(1);
        for (JsonNode address : addresses) {
            if (address.asText().endsWith(":" + port)) {
                return "lead here";
            }
        }
        return "lead to port " + port + ", not here";
    }
}
