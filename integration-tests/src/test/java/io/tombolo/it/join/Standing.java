package io.tombolo.it.join;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Operator;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a federation stands as an authority sees it: what a refusal must not change.
 * @param members cluster → epoch, state, trust domain
 * @param tokens  id → state
 */
record Standing(long membersVersion, Map<String, String> members, Map<String, String> tokens) {
    static Standing of(Operator authority) {
        Map<String, String> members = new TreeMap<>();
        for (JsonNode row : authority.api().get("/clusters")) {
            members.put(
                    row.path("cluster").asText(),
                    row.path("epoch").asText() + " " + row.path("state").asText() + " "
                            + row.path("trustDomain").asText());
        }
        Map<String, String> tokens = new TreeMap<>();
        for (JsonNode token : authority.api().get("/tokens")) {
            tokens.put(token.path("id").asText(), token.path("state").asText());
        }
        long version = authority.api().get("/status").path("membersVersion").asLong();
        return new Standing(version, members, tokens);
    }
}
