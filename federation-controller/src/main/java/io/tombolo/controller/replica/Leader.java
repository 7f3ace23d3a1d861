package io.tombolo.controller.replica;

import io.micrometer.core.instrument.Metrics;
import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.controller.kube.LeaderRecord;
import io.tombolo.controller.kube.LeaderRecord.Held;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.CopiedFiles;
import io.tombolo.wire.file.FileChange;
import io.tombolo.wire.file.Mirror;
import io.tombolo.wire.file.Mirrors;
import io.tombolo.wire.replica.FromLeader;
import io.tombolo.wire.replica.InStep;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This replica leads. Every change of a file that replicas share is acknowledged once the follower in step has it, or once the
 * record names none. Where neither can be had, changes are refused and all else goes on; where the record names another leader,
 * this one is over.
 */
public final class Leader implements Mirror, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leader.class);

    /** How often the record is looked after, and a word is sent to the follower. */
    static final Duration TICK = Duration.ofMillis(500);

    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final Duration MOST_UNSURE = Duration.ofSeconds(2);

    private final ReplicaSettings own;
    private final LeaderRecord record;
    private final Path stateDir;
    private final CopiedFiles files;
    private final Runnable over;
    private final ReentrantReadWriteLock changes = new ReentrantReadWriteLock();
    private final Thread ticking;
    private volatile @Nullable Link link;
    private volatile boolean ended;
    private volatile Map<String, String> addresses = Map.of();
    private volatile Optional<String> trouble = Optional.empty();
    private Held held;
    private long renewedNanos;
    /** All who might take over, as far as this one can know: also whom a write named of which no answer came. */
    private Set<String> mayTakeOver;

    /**
     * Begins to lead: from now on changes below {@code stateDir} are mirrored.
     * @param held what this replica wrote last into the record, which names it and nobody in step
     * @param over called once, on a thread of this class, if another one leads
     */
    public Leader(ReplicaSettings own, LeaderRecord record, Held held, Path stateDir, Runnable over) {
        this.own = own;
        this.record = record;
        this.held = held;
        this.mayTakeOver = names(held.claim().inStep());
        this.renewedNanos = System.nanoTime();
        this.stateDir = stateDir;
        this.files = Copied.in(stateDir);
        this.over = over;
        this.ticking = Thread.ofPlatform().daemon().name("replica-leader").unstarted(this::ticks);
        Mirrors.put(stateDir, this);
    }

    /** Looks after the follower and the record from now on. */
    public Leader start() {
        Metrics.gauge("tombolo.replica.in.step", this, leader -> leader.isSomebodyInStep() ? 1 : 0);
        ticking.start();
        return this;
    }

    /** This replica serves: followers and connections find it there. @param now by {@link Places} */
    public void serves(Map<String, String> now) {
        addresses = Map.copyOf(now);
    }

    /** What does not go well, for whoever looks at the controller. */
    public Optional<String> notice() {
        return trouble.or(() -> isSomebodyInStep()
                ? Optional.empty()
                : Optional.of("no other replica is in step: nobody could take over from " + own.name() + " now"));
    }

    private boolean isSomebodyInStep() {
        @Nullable Link now = link;
        return now != null && now.isInStep();
    }

    @Override
    public void write(FileChange change, Local local) throws IOException {
        if (!files.has(change.file())) {
            local.write();
            return;
        }
        @Nullable Link present;
        long number = 0;
        changes.readLock().lock();
        try {
            refuseIfOver();
            local.write();
            present = link;
            if (present != null) {
                number = present.enqueue(change);
            }
        } finally {
            changes.readLock().unlock();
        }
        if (Copied.isAwaited(files.name(change.file()))) {
            await(present, number);
        }
    }

    private void await(@Nullable Link present, long number) {
        boolean copied = present != null && present.isAwaited() && present.isWritten(number);
        awaitNobodyElse(present, copied);
    }

    /** Until nobody may take over but who has the change: by {@code present} if it is {@code copied}, or by a link that began later. */
    private synchronized void awaitNobodyElse(@Nullable Link present, boolean copied) {
        long end = System.nanoTime() + MOST_UNSURE.toNanos();
        try {
            while (!having(present, copied).containsAll(mayTakeOver)) {
                refuseIfOver();
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw unsure();
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            if (!copied) {
                refuseIfOver();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unsure();
        }
    }

    private Set<String> having(@Nullable Link present, boolean copied) {
        var having = new HashSet<String>();
        if (present != null && copied) {
            having.add(present.name());
        }
        @Nullable Link now = link;
        if (now != null && now != present && now.isInStep()) {
            having.add(now.name());
        }
        return having;
    }

    private static Set<String> names(Optional<String> inStep) {
        return inStep.map(Set::of).orElse(Set.of());
    }

    private void refuseIfOver() {
        if (ended) {
            throw unsure();
        }
    }

    private static TomboloException unsure() {
        return new TomboloException(
                Fault.REPLICA_UNSURE,
                "change",
                "neither the other replica nor the API server confirms that this one leads, so it could be lost",
                "it can be made again when one of them is back; all else goes on");
    }

    /**
     * A follower came. Blocks for the time of one copy of all files in memory.
     * @throws TomboloException CONFLICT while another one is there, or if it has the name of this one
     */
    Link follow(String name) {
        var made = new Link(name, files, own.takeoverAfter(), own.maxWaitingBytes());
        changes.writeLock().lock();
        try {
            makeRoom(name);
            link = made;
            made.begin();
        } finally {
            changes.writeLock().unlock();
        }
        LOG.atInfo().addKeyValue("replica", name).log("another replica follows");
        return made;
    }

    /** Of two that begin at once the later one stays: a link that is nobody's would never end. */
    private void makeRoom(String name) {
        if (name.equals(own.name())) {
            throw new TomboloException(
                    Fault.CONFLICT,
                    "replica " + name,
                    "is the one that leads",
                    "give each replica the name of its pod");
        }
        @Nullable Link before = link;
        if (before == null || before.isBroken()) {
            return;
        }
        if (!before.name().equals(name)) {
            throw new TomboloException(
                    Fault.CONFLICT,
                    "replica " + name,
                    before.name() + " stands by already",
                    "two replicas are enough; a third one waits for a place");
        }
        before.end("it came again");
    }

    private void ticks() {
        try {
            while (!ended) {
                tick();
                synchronized (this) {
                    TimeUnit.MILLISECONDS.timedWait(this, TICK.toMillis());
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks after the follower and the record once. */
    void tick() {
        @Nullable Link now = link;
        if (now != null && now.isBroken()) {
            link = null;
            LOG.atWarn()
                    .addKeyValue("replica", now.name())
                    .addKeyValue("detail", now.why())
                    .log("the other replica follows no more");
            now = null;
        }
        if (now != null && !now.isAwaited()) {
            changes.writeLock().lock();
            try {
                now.awaitFromNow();
            } finally {
                changes.writeLock().unlock();
            }
        }
        try {
            record(now != null && now.isInStep() ? Optional.of(now) : Optional.empty());
            trouble = Optional.empty();
        } catch (RuntimeException failed) { // whatever it is: who looks after nothing hears of no other leader
            if (trouble.isEmpty()) {
                LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("the lease is not looked after");
            }
            trouble = Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    private void record(Optional<Link> inStep) {
        LeaderClaim wanted = held.claim().withInStep(inStep.map(Link::name)).at(addresses);
        boolean due = System.nanoTime() - renewedNanos > RENEW.toNanos();
        if (wanted.equals(held.claim()) && !due && mayTakeOver.equals(names(wanted.inStep()))) {
            return;
        }
        wanted.inStep().ifPresent(this::mayTakeOver);
        Optional<Held> done = record.write(Optional.of(held), wanted);
        if (done.isEmpty()) {
            lookAgain();
            return;
        }
        boolean news = !done.get().claim().inStep().equals(held.claim().inStep());
        wrote(done.get());
        if (news) {
            inStep.ifPresent(stepped -> stepped.say(FromLeader.newBuilder()
                    .setInStep(InStep.getDefaultInstance())
                    .build()));
            LOG.atInfo().addKeyValue("replica", wanted.inStep().orElse("none")).log("in step");
        }
    }

    private synchronized void mayTakeOver(String who) {
        var also = new HashSet<>(mayTakeOver);
        also.add(who);
        mayTakeOver = also;
    }

    private synchronized void wrote(Held now) {
        held = now;
        mayTakeOver = names(now.claim().inStep());
        renewedNanos = System.nanoTime();
        notifyAll();
    }

    /** Somebody wrote in between: a write of this one of which no answer came, somebody by hand, or the next leader. */
    private void lookAgain() {
        Optional<Held> stands = record.read();
        if (stands.isEmpty()) {
            record.write(Optional.empty(), held.claim().withInStep(Optional.empty()))
                    .ifPresent(this::wrote);
            return;
        }
        if (!stands.get().claim().leader().equals(own.name())) {
            LOG.atError().addKeyValue("replica", stands.get().claim().leader()).log("another replica leads now");
            end();
            over.run();
            return;
        }
        held = stands.get();
        held.claim().inStep().ifPresent(this::mayTakeOver);
    }

    private synchronized void end() {
        ended = true;
        @Nullable Link now = link;
        if (now != null) {
            now.end("this replica stops");
        }
        notifyAll();
    }

    /**
     * Stops in order: what was acknowledged stays so, and nothing more is. Whoever is in step hears that it may take over at once.
     */
    @Override
    public void close() {
        ticking.interrupt();
        @Nullable Link last = link;
        Optional<String> next = Optional.ofNullable(last).filter(Link::isInStep).map(Link::name);
        end();
        next.filter(name -> held.claim().inStep().equals(next)).ifPresent(this::release);
        Mirrors.remove(stateDir);
        record.close();
    }

    private void release(String next) {
        try {
            if (ticking.isAlive()) {
                ticking.join(TICK);
            }
            LeaderClaim last = held.claim();
            var pin = new HashMap<>(last.addresses());
            pin.keySet().retainAll(Set.of(Places.CA_PIN));
            var given = new LeaderClaim("", Optional.of(next), pin, last.transitions());
            boolean done = record.write(Optional.of(held), given).isPresent();
            LOG.atInfo()
                    .addKeyValue("replica", next)
                    .log(done ? "the lease is given back" : "the lease is not given back: somebody wrote in between");
        } catch (TomboloException unreachable) {
            LOG.atInfo()
                    .addKeyValue("fault", unreachable.getMessage())
                    .log("the lease is not given back: it takes a moment longer");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
