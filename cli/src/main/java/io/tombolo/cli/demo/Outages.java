package io.tombolo.cli.demo;

import io.tombolo.cli.drill.DemoDoor;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Lets clusters of the demo die, and brings them back, as {@code tombolo failover drill --demo} asks. */
final class Outages {
    private static final long EACH_MILLIS = 50;

    private final Stage stage;
    private final DemoDoor door;
    private final List<? extends Mortal> clusters;
    private final Set<String> dead = new HashSet<>();

    /** What can die and come back. */
    interface Mortal {
        String name();

        void die();

        void comeBack();
    }

    Outages(Stage stage, DemoDoor door, List<? extends Mortal> clusters) {
        this.stage = stage;
        this.door = door;
        this.clusters = clusters;
    }

    /** Until this thread is interrupted. */
    void serve() {
        door.open();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look(Instant.now());
                TimeUnit.MILLISECONDS.sleep(EACH_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look(Instant now) {
        for (Mortal cluster : clusters) {
            boolean wanted = door.wants(cluster.name(), now);
            if (wanted && dead.add(cluster.name())) {
                stage.say("\u25cf %s dies, for a drill", cluster.name());
                cluster.die();
                door.says(cluster.name(), true);
            } else if (!wanted && dead.remove(cluster.name())) {
                door.says(cluster.name(), false);
                stage.step(cluster.name() + " is back", cluster::comeBack);
            }
        }
    }
}
