package io.tombolo.catalog.merge;

import io.tombolo.model.name.ClusterId;

/**
 * Exports of one name that say different things; the condition {@code Conflict} of every export of it.
 * @param winner whose word counts
 * @param loser  whose does not
 * @param detail what differs, for people
 */
public record Conflict(Reason reason, ClusterId winner, ClusterId loser, String detail) {
    /** The reasons of the MCS API; their order is the order in which they are joined with commas. */
    public enum Reason {
        PORT("PortConflict"),
        TYPE("TypeConflict"),
        SESSION_AFFINITY("SessionAffinityConflict"),
        SESSION_AFFINITY_CONFIG("SessionAffinityConfigConflict"),
        ANNOTATIONS("AnnotationsConflict"),
        LABELS("LabelsConflict"),
        INTERNAL_TRAFFIC_POLICY("InternalTrafficPolicyConflict"),
        TRAFFIC_DISTRIBUTION("TrafficDistributionConflict");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** As in the condition's {@code reason}. */
        public String text() {
            return text;
        }
    }
}
