package io.tombolo.it.actors;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A backbone and the clusters on it. The first cluster founds; the others join by tokens. Closing ends every process. */
public final class Federation implements AutoCloseable {
    private final Backbone backbone;
    private final Path dir;
    private final Map<String, String> more;
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    private Federation(Backbone backbone, Path dir, Map<String, String> more) {
        this.more = more;
        this.backbone = backbone;
        this.dir = dir;
    }

    /** A backbone and unlinked clusters, by name and region. */
    public static Federation unlinked(Map<String, String> regionsByCluster) {
        return unlinked(regionsByCluster, Map.of());
    }

    /** @param more settings of every controller, without their prefix */
    public static Federation unlinked(Map<String, String> regionsByCluster, Map<String, String> more) {
        Federation federation = started(more);
        try {
            regionsByCluster.forEach(federation::addCluster);
            federation.clusters.values().forEach(Cluster::awaitReady);
            return federation;
        } catch (RuntimeException | Error e) {
            federation.close();
            throw e;
        }
    }

    private static Federation started(Map<String, String> more) {
        Path dir = Scratch.directory("federation");
        return new Federation(Backbone.begin(), dir, more);
    }

    /** Linked clusters; the first is the authority. */
    public static Federation linked(Map<String, String> regionsByCluster) {
        return linked(regionsByCluster, Map.of());
    }

    /** @param more settings of every controller, without their prefix */
    public static Federation linked(Map<String, String> regionsByCluster, Map<String, String> more) {
        Federation federation = unlinked(regionsByCluster, more);
        String first = regionsByCluster.keySet().iterator().next();
        try {
            federation
                    .cluster(first)
                    .operator()
                    .founds("demo", federation.backbone().connectionFile());
            federation.clusters.keySet().stream()
                    .filter(name -> !name.equals(first))
                    .forEach(federation::link);
            return federation;
        } catch (RuntimeException | Error e) {
            federation.close();
            throw e;
        }
    }

    /** East and west in region eu, south in region us. */
    public static Map<String, String> threeClusters() {
        var three = new LinkedHashMap<String, String>();
        three.put("east", "eu");
        three.put("west", "eu");
        three.put("south", "us");
        return three;
    }

    public Cluster addCluster(String name, String region) {
        return addCluster(name, region, more);
    }

    /** @param settings of its controller, without their prefix */
    public Cluster addCluster(String name, String region, Map<String, String> settings) {
        var cluster = new Cluster(name, region, name, dir, dir.resolve("contexts.yaml"), settings);
        clusters.put(name, cluster);
        return cluster;
    }

    /** A controller that is not of this federation and calls itself {@code name}. Ends with the federation. */
    public Cluster addStranger(String name, String label) {
        var stranger = new Cluster(name, "eu", label, dir, dir.resolve(label + ".yaml"), more);
        clusters.put(label, stranger);
        return stranger;
    }

    /** Joins a cluster by a token of the first one. */
    public void link(String name) {
        Cluster first = clusters.values().iterator().next();
        var job = cluster(name).operator().joins(first.operator().invites(name));
        if (job.path("state").asText().equals("FAILED")) {
            throw new AssertionError(job.toPrettyString());
        }
    }

    public Cluster cluster(String name) {
        Cluster cluster = clusters.get(name);
        if (cluster == null) {
            throw new IllegalArgumentException(name);
        }
        return cluster;
    }

    /** Once it answers: it starts beside the controllers. */
    public Backbone backbone() {
        backbone.awaitReady();
        return backbone;
    }

    public Path dir() {
        return dir;
    }

    @Override
    public void close() {
        for (Cluster cluster : clusters.values()) {
            try {
                cluster.close();
            } catch (Exception e) {
                System.err.println("closing " + cluster.name() + ": " + e);
            }
        }
        backbone.close();
    }
}
