package io.tombolo.controller.replica;

import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.controller.kube.LeaderRecord;
import io.tombolo.controller.kube.LeaderRecord.Held;
import io.tombolo.controller.kube.Told;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.KeyPin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica until it leads: follows the leader, hands connections on to it, and takes over when it may and must. */
public final class Standby {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final long PAUSE_MILLIS = 400;

    /** One may be that of a leader which starts to listen just now. */
    private static final int REFUSALS = 2;

    /** Makes the keys of this replica for what its files say now. */
    @FunctionalInterface
    public interface Keys {
        /** @param caPin by which the leader's certificates are known */
        OwnKeys with(KeyPin caPin);
    }

    private final ReplicaSettings own;
    private final LeaderRecord record;
    private final Path stateDir;
    private final Keys keys;
    private final Forwarder forwarder;
    private final AtomicLong heardNanos = new AtomicLong(System.nanoTime());
    private final CountDownLatch never = new CountDownLatch(1);
    private final Told endings = new Told();
    private boolean complete;
    private int refusals;
    private int failedCopies;
    private long againNanos = System.nanoTime();
    private String told = "";

    /** @param forwarder listens already */
    public Standby(ReplicaSettings own, LeaderRecord record, Path stateDir, Keys keys, Forwarder forwarder) {
        this.own = own;
        this.record = record;
        this.stateDir = stateDir;
        this.keys = keys;
        this.forwarder = forwarder;
    }

    /** Blocks until this replica leads. @return what it wrote into the record */
    public Held untilItLeads() throws InterruptedException {
        while (true) {
            Optional<Held> done = step();
            if (done.isPresent()) {
                return done.get();
            }
            var _ = never.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Optional<Held> step() throws InterruptedException {
        try {
            Optional<Held> stands = record.read();
            Optional<LeaderClaim> claim = stands.map(Held::claim);
            forwarder.to(claim.map(now -> NextStep.handsOnTo(own, now)).orElse(Map.of()));
            refusals = claim.filter(this::isRefused).isPresent() ? refusals + 1 : 0;
            Duration silent = Duration.ofNanos(System.nanoTime() - heardNanos.get());
            var facts = new NextStep.Facts(Mark.of(stateDir), isComplete(claim), silent, refusals >= REFUSALS);
            return switch (NextStep.of(own, claim, facts)) {
                case NextStep.Lead _ -> lead(stands, facts.mark());
                case NextStep.Follow follow -> follow(follow, claim.orElseThrow());
                case NextStep.Wait(String why) -> waits(why);
            };
        } catch (RuntimeException notNow) {
            // Also what nobody thought of: who stands by is there for the day that all fails.
            return waits(String.valueOf(notNow.getMessage()));
        }
    }

    private boolean isRefused(LeaderClaim claim) {
        return !claim.leader().equals(own.name())
                && NextStep.whereToFollow(claim).filter(Knock::isRefused).isPresent();
    }

    private boolean isComplete(Optional<LeaderClaim> claim) {
        return claim.map(LeaderClaim::addresses)
                .flatMap(Standby::pin)
                .map(pin -> keys.with(pin).complete())
                .orElse(complete);
    }

    private static Optional<KeyPin> pin(Map<String, String> addresses) {
        return Optional.ofNullable(addresses.get(Places.CA_PIN))
                .map(hex -> KeyPin.ofBytes(HexFormat.of().parseHex(hex)));
    }

    /** The mark is on disk before the record: who dies in between finds a record that says less, never more. */
    private Optional<Held> lead(Optional<Held> stands, Mark before) {
        Mark.LED.put(stateDir);
        try {
            LeaderClaim next = stands.map(held -> held.claim().takenBy(own.name()))
                    .orElseGet(() -> new LeaderClaim(own.name(), Optional.empty(), Map.of(), 0));
            Optional<Held> done = record.write(stands, next).or(() -> ownAnyway(next));
            if (done.isPresent()) {
                LOG.atInfo().addKeyValue("replica", own.name()).log("leads");
                return done;
            }
        } catch (TomboloException unknown) {
            LOG.atWarn().addKeyValue("fault", unknown.getMessage()).log("whether this replica leads is not known yet");
            return Optional.empty();
        }
        before.put(stateDir);
        return Optional.empty();
    }

    /** A transport may have asked twice and have told the second answer: that it stands there already. */
    private Optional<Held> ownAnyway(LeaderClaim next) {
        return record.read().filter(held -> held.claim().equals(next));
    }

    private Optional<Held> follow(NextStep.Follow follow, LeaderClaim claim) throws InterruptedException {
        Optional<KeyPin> pin = pin(claim.addresses());
        if (pin.isEmpty()) {
            return waits(follow.leader() + " does not say yet which key its CA has");
        }
        told("stands by for " + follow.leader());
        if (System.nanoTime() - againNanos < 0) {
            return Optional.empty();
        }
        OwnKeys mine = keys.with(pin.get());
        var copy = new Copy(stateDir);
        try (var link = new Follower(own, follow.address(), pin.get(), copy, mine, heardNanos)) {
            ended(copy, link.run(own.token()));
        }
        complete = mine.complete();
        return Optional.empty();
    }

    /** A copy that fails again and again has the leader read all its files each time, and change none meanwhile. */
    private void ended(Copy copy, String why) {
        if (copy.isWhole()) {
            endings.over();
        }
        if (endings.isNew(why)) {
            LOG.atWarn().addKeyValue("detail", why).log("follows no more; it is tried again by itself");
        }
        failedCopies = copy.isPart() ? failedCopies + 1 : 0;
        againNanos = System.nanoTime() + NextStep.pauseAfter(failedCopies).toNanos();
    }

    private Optional<Held> waits(String why) {
        told(why);
        return Optional.empty();
    }

    /** Once each time that it changes: this is looked at twice a second. */
    private void told(String what) {
        if (!what.equals(told)) {
            LOG.atInfo()
                    .addKeyValue("replica", own.name())
                    .addKeyValue("detail", what)
                    .log("does not lead");
            told = what;
        }
    }
}
