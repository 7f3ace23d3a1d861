package io.tombolo.controller.join;

import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.publish.Signing;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the key that signs this cluster's records. How far it has come is what the key files and the members say, so each
 * step may be interrupted and done again; what was begun is gone on with each 5 s until it is done.
 */
public final class KeyRotation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HEARD_BY_OTHERS = Duration.ofSeconds(5);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** How the steps are shown. */
    interface Steps {
        void step(String name, Callable<Job.Outcome> work);
    }

    private final Membership own;
    private final SigningKeys keys;
    private final Signing signing;
    private final KeyAdmission admission;
    private final Duration patience;
    private final ReentrantLock one = new ReentrantLock();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("key-rotation").factory());
    private volatile boolean closed;
    private volatile Optional<String> hindrance = Optional.empty();

    public KeyRotation(Membership own, SigningKeys keys, Signing signing, KeyAdmission admission) {
        this(own, keys, signing, admission, PATIENCE);
    }

    /** @param patience of one step for what others do; it is tried again after */
    KeyRotation(Membership own, SigningKeys keys, Signing signing, KeyAdmission admission, Duration patience) {
        this.patience = patience;
        this.own = own;
        this.keys = keys;
        this.signing = signing;
        this.admission = admission;
    }

    /** Goes on with what was begun, now and whenever a step failed. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The keys on this disk. */
    public SigningKeys keys() {
        return keys;
    }

    /**
     * Changes the key, or goes on with the change that was begun.
     * @throws TomboloException CONFLICT while that happens already; what a step failed with, which is tried again
     */
    void run(Steps steps) {
        if (!one.tryLock()) {
            throw new TomboloException(
                    Fault.CONFLICT, "change of keys", "goes on already", "`tombolo keys list` says how far it is");
        }
        try {
            change(steps);
        } finally {
            one.unlock();
        }
    }

    private void change(Steps steps) {
        if (keys.former().isEmpty()) {
            steps.step("new key made", () -> done(id(keys.makeNext().publicKey())));
            steps.step("new key admitted", this::admit);
            steps.step("new key signs", this::sign);
        }
        steps.step("all published again", this::publishAgain);
        steps.step("old key removed", this::remove);
        steps.step("old key deleted", this::delete);
    }

    private Job.Outcome admit() {
        Ed25519PublicKey next = keys.next().orElseThrow().publicKey();
        var wanted = new ArrayList<>(admission.listed());
        if (!wanted.contains(next)) {
            wanted.add(next);
        }
        long version = admission.change(wanted, KeyProofs.of(keys));
        await(() -> admission.listed().contains(next), "the new key is not read back");
        boolean heard = within(HEARD_BY_OTHERS, admission::heardByOthers);
        return done("version " + version + (heard ? ", known to all members" : "; who is away will learn of it first"));
    }

    private Job.Outcome sign() {
        keys.useNext();
        signing.signWith(signer());
        return done("a new writer term");
    }

    /** Also after a start, at which the new key signs from the beginning. */
    private Job.Outcome publishAgain() {
        signing.signWith(signer());
        await(() -> signing.unsent() == 0, "Kafka has not taken all that the new key signed");
        return done("nothing waits for Kafka");
    }

    private Job.Outcome remove() {
        Ed25519PublicKey former = keys.former().orElseThrow().publicKey();
        List<Ed25519PublicKey> wanted =
                admission.listed().stream().filter(key -> !key.equals(former)).toList();
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return done("version " + admission.change(wanted, KeyProofs.of(keys)));
            } catch (TomboloException refused) {
                // The authority reads what was published a moment later.
                if (refused.fault() != Fault.KEY_STILL_USED || closed || System.nanoTime() - end > 0) {
                    throw refused;
                }
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
        }
    }

    private Job.Outcome delete() {
        String id = id(keys.former().orElseThrow().publicKey());
        keys.dropFormer();
        LOG.atInfo()
                .addKeyValue("removed", id)
                .addKeyValue("signs", id(keys.present().publicKey()))
                .log("record-signing key changed");
        return done(id);
    }

    /** Why a change that was begun has not come further, for whoever looks at the controller; known 5 s after a start. */
    public Optional<String> notice() {
        return hindrance
                .filter(_ -> keys.changing())
                .map(why -> "the change of the key that signs records is not done, and is tried again: " + why);
    }

    /** Goes on with what was begun. */
    void look() {
        try {
            if (keys.changing() && one.tryLock()) {
                try {
                    change(KeyRotation::quietly);
                } finally {
                    one.unlock();
                }
            }
            hindrance = Optional.empty();
        } catch (RuntimeException failed) {
            hindrance = Optional.of(String.valueOf(failed.getMessage()));
            LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("the change of keys has not come further yet");
        }
    }

    private static void quietly(String name, Callable<Job.Outcome> work) {
        try {
            LOG.atInfo().addKeyValue("detail", work.call().detail()).log(name);
        } catch (RuntimeException known) {
            throw known;
        } catch (Exception impossible) {
            throw new IllegalStateException(name, impossible);
        }
    }

    private RecordSigner signer() {
        return new RecordSigner(own.federationId(), own.cluster(), own.epoch(), keys.present());
    }

    private void await(BooleanSupplier holds, String otherwise) {
        if (!within(patience, holds)) {
            throw new TomboloException(
                    Fault.TIMED_OUT,
                    "change of keys",
                    otherwise + " within " + patience.toSeconds() + " s",
                    "it goes on in the background; `tombolo keys list` says how far it is");
        }
    }

    private boolean within(Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        while (!holds.getAsBoolean()) {
            if (closed || System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    private static Job.Outcome done(String detail) {
        return Job.Outcome.done(detail);
    }

    private static String id(Ed25519PublicKey key) {
        return SigningKeys.id(key);
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
    }
}
