package io.tombolo.controller.backbone;

import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** The names and forms of one federation's topics. */
public record BackboneTopics(FederationName federation) {
    /** Largest record value, in bytes. */
    public static final int MAX_RECORD_BYTES = 65_536;

    /** Largest batch: one such record with 1 kB for its key, headers and Kafka's own frame. */
    private static final int MAX_BATCH_BYTES = MAX_RECORD_BYTES + 1_024;

    /** Pulses are at most 512 bytes; after a stall several come in one batch. */
    private static final int MAX_PULSE_BATCH_BYTES = 8 * 1_024;

    private static final Duration HEALTH_KEPT = Duration.ofMinutes(5);
    private static final Duration PULSE_KEPT = Duration.ofMinutes(10);
    private static final Duration AUDIT_KEPT = Duration.ofDays(400);
    private static final Duration TOMBSTONES_KEPT = Duration.ofDays(7);

    /** On disk, not in the page cache alone, before it is acknowledged: few records, and none may be lost to a power cut. */
    private static final String EACH_RECORD = "1";

    public String members() {
        return prefix() + "members";
    }

    public String catalog(ClusterId cluster) {
        return prefix() + "catalog." + cluster;
    }

    public String health(ClusterId cluster) {
        return prefix() + "health." + cluster;
    }

    public String pulse() {
        return prefix() + "pulse";
    }

    public String audit() {
        return prefix() + "audit";
    }

    /** {@code tombolo.<federation>.}; no other federation's topic begins so, because a federation's name has no dot. */
    public String prefix() {
        return "tombolo." + federation + ".";
    }

    /** The topics that all members share. */
    public List<TopicPlan> shared() {
        return List.of(compacted(members()), pulsePlan(), auditPlan());
    }

    /** The topics that {@code cluster} alone writes. */
    public List<TopicPlan> of(ClusterId cluster) {
        return List.of(compacted(catalog(cluster)), healthPlan(cluster));
    }

    /** All topics of a federation with these members. */
    public List<TopicPlan> all(Collection<ClusterId> clusters) {
        return Stream.concat(shared().stream(), clusters.stream().sorted().flatMap(cluster -> of(cluster).stream()))
                .toList();
    }

    private static TopicPlan compacted(String name) {
        var chosen = new LinkedHashMap<String, String>();
        chosen.put(TopicConfig.SEGMENT_MS_CONFIG, millis(Duration.ofDays(1)));
        chosen.put(TopicConfig.SEGMENT_BYTES_CONFIG, "" + 16 * 1_024 * 1_024);
        chosen.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
        chosen.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(TOMBSTONES_KEPT));
        chosen.put(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG, EACH_RECORD);
        return new TopicPlan(name, required(TopicConfig.CLEANUP_POLICY_COMPACT, MAX_BATCH_BYTES), chosen);
    }

    private TopicPlan healthPlan(ClusterId cluster) {
        Map<String, String> chosen = shortLived(HEALTH_KEPT, 32);
        return new TopicPlan(health(cluster), required(TopicConfig.CLEANUP_POLICY_DELETE, MAX_BATCH_BYTES), chosen);
    }

    private TopicPlan pulsePlan() {
        Map<String, String> chosen = shortLived(PULSE_KEPT, 64);
        return new TopicPlan(pulse(), required(TopicConfig.CLEANUP_POLICY_DELETE, MAX_PULSE_BATCH_BYTES), chosen);
    }

    private TopicPlan auditPlan() {
        var chosen = Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                millis(AUDIT_KEPT),
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1",
                TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG,
                EACH_RECORD,
                TopicConfig.SEGMENT_MS_CONFIG,
                millis(Duration.ofDays(7)));
        return new TopicPlan(audit(), required(TopicConfig.CLEANUP_POLICY_DELETE, MAX_BATCH_BYTES), chosen);
    }

    /** Worth nothing after a while, so not worth a disk flush for each record either. */
    private static Map<String, String> shortLived(Duration kept, int maxMebibytes) {
        return Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                millis(kept),
                TopicConfig.RETENTION_BYTES_CONFIG,
                "" + maxMebibytes * 1_024 * 1_024,
                TopicConfig.SEGMENT_MS_CONFIG,
                millis(kept.dividedBy(2)),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                "" + 8 * 1_024 * 1_024);
    }

    private static Map<String, String> required(String cleanup, int maxBatchBytes) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                cleanup,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                "" + maxBatchBytes,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "CreateTime",
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false");
    }

    private static String millis(Duration duration) {
        return "" + duration.toMillis();
    }
}
