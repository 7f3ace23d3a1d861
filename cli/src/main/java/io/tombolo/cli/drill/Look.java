package io.tombolo.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a controller knows of one cluster at one moment.
 * @param parts by service, of those that it divides
 */
record Look(long atNanos, Map<String, Part> parts) {
    private static final double NOTHING = 5e-4;
    private static final double NEARLY = 0.01;

    /**
     * One service's.
     * @param share 0.0 to 1.0, of this cluster's calls
     * @param ready instances; -1 = unknown
     */
    record Part(double share, String standing, int ready) {}

    Look {
        parts = Map.copyOf(parts);
    }

    /** Reads the answer to {@code GET /failover}. */
    static Look of(long atNanos, JsonNode status, String cluster) {
        var parts = new TreeMap<String, Part>();
        for (JsonNode service : status) {
            for (JsonNode side : service.path("clusters")) {
                if (side.path("cluster").asText().equals(cluster)) {
                    parts.put(
                            service.path("service").asText(),
                            new Part(
                                    side.path("share").asDouble(),
                                    side.path("standing").asText(),
                                    side.path("ready").asInt(-1)));
                }
            }
        }
        return new Look(atNanos, parts);
    }

    /** Only the services of which it has a part: those that an outage moves. */
    Look moving() {
        var some = new TreeMap<String, Part>();
        parts.forEach((service, part) -> {
            if (part.share() > NOTHING) {
                some.put(service, part);
            }
        });
        return new Look(atNanos, some);
    }

    /** Whether anything is said of it that is worse than {@code before}. */
    boolean notices(Look before) {
        return before.parts.entrySet().stream().anyMatch(was -> {
            Part now = part(was.getKey());
            return !now.standing().equals(was.getValue().standing())
                    || now.ready() < was.getValue().ready();
        });
    }

    /** Whether it gets nothing of all that it had a part of. */
    boolean leftAlone(Look before) {
        return before.parts.keySet().stream().allMatch(service -> part(service).share() <= NOTHING);
    }

    /** Whether it has its parts again. */
    boolean isBack(Look before) {
        return before.parts.entrySet().stream()
                .allMatch(was -> part(was.getKey()).share() >= was.getValue().share() - NEARLY);
    }

    private Part part(String service) {
        return parts.getOrDefault(service, new Part(0, "", -1));
    }
}
