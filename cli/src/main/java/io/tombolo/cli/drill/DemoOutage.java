package io.tombolo.cli.drill;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The demo kills the cluster's gateway and instances, and starts them again. */
record DemoOutage(DemoDoor door, String cluster) implements Outage {
    private static final int LOOKS = 200;
    private static final long EACH_MILLIS = 50;

    @Override
    public void begin(long millis) {
        if (!door.isOpen()) {
            throw noDemo("does not offer it: there is no " + door.directory());
        }
        door.ask(cluster, Instant.now().plusMillis(millis));
        for (int look = 0; look < LOOKS && !door.isDead(cluster); look++) {
            pause();
        }
        if (!door.isDead(cluster)) {
            door.askNoMore(cluster);
            throw noDemo("did not let " + cluster + " die");
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(EACH_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TomboloException(Fault.TIMED_OUT, "drill", "was interrupted", "begin it again", stopped);
        }
    }

    private static TomboloException noDemo(String what) {
        return new TomboloException(
                Fault.DRILL_REFUSED,
                "demo",
                what,
                "start `tombolo demo`, wait until its walk is over, and name west or south; --demo-dir names another one");
    }

    @Override
    public void end() {
        door.askNoMore(cluster);
    }

    @Override
    public String kind() {
        return "demo";
    }

    @Override
    public String said() {
        return "the demo kills the gateway and all instances of " + cluster + "; its controller goes on";
    }

    @Override
    public String saidOfItsEnd() {
        return "the demo begins to start them again";
    }

    @Override
    public boolean isTold() {
        return false;
    }
}
