package io.tombolo.controller.backbone;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Makes Kafka as the federation needs it. Every method may be repeated: it finds out what is there and does what is missing.
 * Blocks up to {@link #LIMIT} for each question to Kafka, a few in a row; safe from any thread but an event loop; the
 * connection is kept until {@link #close}.
 */
public final class BackboneAdmin implements AutoCloseable {
    /** Longest wait for one answer. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private final BackboneConnection connection;
    private final Replication replication;
    private final Admin admin;
    private final TopicKeeper topics;
    private final AclKeeper acls;
    private final QuotaKeeper quotas;

    /** Connects at the first question, not here. */
    public BackboneAdmin(BackboneConnection connection, Replication replication) {
        this.connection = connection;
        this.replication = replication;
        Map<String, Object> settings = connection.clientSettings();
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "tombolo-admin");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis() / 2);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        this.admin = Admin.create(settings);
        var asking = new Asking(connection);
        this.topics = new TopicKeeper(admin, asking, replication);
        this.acls = new AclKeeper(admin, asking);
        this.quotas = new QuotaKeeper(admin, asking);
    }

    /**
     * Makes the shared topics and everything of the founding member, and checks that what was there already fits.
     * @throws TomboloException {@link Fault#BACKBONE_UNREACHABLE}, {@link Fault#BACKBONE_DENIED},
     *     {@link Fault#BACKBONE_MISCONFIGURED} naming topic, key, value and what was expected
     */
    public void ensureFounded(BackboneMember founder) {
        topics.ensure(names(founder).shared());
        admit(founder, List.of());
    }

    /**
     * Makes the topics of {@code joining}, lets it and {@code others} do what members do, and bounds what it
     * may use. When it returns, the broker that was asked applies all of it.
     * @param others the other admitted members
     * @throws TomboloException as {@link #ensureFounded}
     */
    public void admit(BackboneMember joining, Collection<BackboneMember> others) {
        BackboneTopics names = names(joining);
        topics.ensure(names.of(joining.cluster()));
        Set<ClusterId> clusters = others.stream().map(BackboneMember::cluster).collect(Collectors.toSet());
        clusters.add(joining.cluster());
        var rules = new BackboneAcls(names);
        var wanted = new LinkedHashSet<>(rules.of(joining, clusters));
        wanted.addAll(rules.toRead(joining.cluster(), others));
        acls.ensure(wanted);
        quotas.ensure(joining.principal());
    }

    /**
     * Takes everything from a principal whose epoch is over: first all is denied to it, then its grants are deleted. Takes
     * effect at its next request, on connections that are open too. Its topics stay: they are the federation's history.
     * @throws TomboloException as {@link #ensureFounded}; what was not done can be done later
     */
    public void evict(BackbonePrincipal over) {
        acls.ensure(BackboneAcls.denyAll(over));
        acls.deleteGrants(over);
    }

    /** Checks all topics of a federation with these members; changes nothing. */
    public void verify(BackboneTopics names, Collection<ClusterId> clusters) {
        topics.verify(names.all(clusters));
    }

    /** For {@code --manual-acls}: the commands that do what {@link #evict} does. */
    public static String evictionText(BackboneMember over, Collection<ClusterId> clusters) {
        var rules = new BackboneAcls(names(over));
        return ManualAcls.evictionText(over.principal(), rules.byHand(over, clusters));
    }

    public Replication replication() {
        return replication;
    }

    private static BackboneTopics names(BackboneMember member) {
        return new BackboneTopics(member.principal().federation());
    }

    @Override
    public void close() {
        admin.close(LIMIT);
    }

    @Override
    public String toString() {
        return "administration of " + connection;
    }
}
