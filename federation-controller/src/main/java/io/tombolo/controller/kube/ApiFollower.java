package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whenever an object changed, and now and then without that, on one thread; not before all that it follows was read in full.
 * An API server that does not answer is asked again and again, but for no more than it may be in a second, and for what it refused
 * less and less often.
 */
final class ApiFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiFollower.class);

    /** The version of what is not there. */
    static final String NONE = "";

    /** Changes wait so long for others. */
    private static final long GATHER_MILLIS = 100;

    /** What is known of the federation changes without a word from the API server, by time alone too. */
    private static final long LOOK_SECONDS = 2;

    /** Of changes one after the other; the others of the same look would wait in vain too. */
    private static final int MOST_UNANSWERED = 3;

    /** After that, twice as long, and so on. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    /** So soon is what was mended seen to be. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** However many were refused. */
    private static final int RETRIES_PER_SECOND = 5;

    private final Look look;
    private final ApiWrites writes;
    private final Refused<String> refused = new Refused<>(FIRST_PAUSE, LONGEST_PAUSE);
    private final WriteLimit retries;
    private final Awaited awaited = new Awaited();
    private final Set<String> wanted = new HashSet<>();
    private int unanswered;
    private final List<Followed> followed = new ArrayList<>();
    private final List<SharedIndexInformer<?>> heard = new ArrayList<>();
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final ScheduledExecutorService thread;
    private final Troubles changes = new Troubles();

    /** Something that is listed and watched, and what keeps it from that. */
    private record Followed(SharedIndexInformer<?> informer, Troubles troubles) {}

    /** What is done; blocks. */
    interface Look {
        /** @return whether the API server did all that it was asked; trouble was told to {@link #troubled} otherwise */
        boolean done();
    }

    /** Does nothing yet. @param writes how many changes may be asked for */
    ApiFollower(String name, Look look, ApiWrites writes) {
        this.look = look;
        this.writes = writes;
        this.retries = new WriteLimit(RETRIES_PER_SECOND, writes.nowNanos());
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory(), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Before {@link #start}. */
    <T extends HasMetadata> SharedIndexInformer<T> follow(SharedIndexInformer<T> informer) {
        var troubles = new Troubles();
        followed.add(new Followed(informer, troubles));
        informer.addEventHandler(new Changed<>());
        informer.exceptionHandler((started, failed) -> {
            told(troubles, failed);
            return true;
        });
        return informer;
    }

    /** Looks also when what another one follows changed, and not before that was read in full. Before {@link #start}. */
    <T extends HasMetadata> void hear(SharedIndexInformer<T> ofAnother) {
        heard.add(ofAnother);
        ofAnother.addEventHandler(new Changed<>());
    }

    void start() {
        followed.forEach(one -> one.informer().start());
        var _ = thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** On threads of the informers. */
    private final class Changed<T> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed();
        }

        @Override
        public void onUpdate(T before, T after) {
            changed();
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            changed();
        }
    }

    /** Looks soon. Safe on any thread; never blocks. */
    void changed() {
        if (dirty.compareAndSet(false, true)) {
            var _ = thread.schedule(this::look, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Looks once, now. */
    synchronized void look() {
        dirty.set(false);
        // That changes are made does not say that they are heard of.
        followed.stream()
                .filter(one -> one.informer().isWatching())
                .forEach(one -> one.troubles().over());
        // Before all lists are here, what is missing is not known to be missing.
        if (!followed.stream().allMatch(one -> one.informer().hasSynced())
                || !heard.stream().allMatch(SharedIndexInformer::hasSynced)) {
            return;
        }
        wanted.clear();
        unanswered = 0;
        try {
            if (look.done()) {
                changes.over();
            }
            refused.keepOnly(wanted);
            awaited.keepOnly(wanted);
        } catch (RuntimeException failed) {
            troubled(failed); // whatever it is, it must not end this thread
        }
    }

    /**
     * Asks the API server for a change to one object, unless it refused that a moment ago, or made it and the watch is behind.
     * @param object  its name among all that this one changes
     * @param version of it as it is known, {@link #NONE} where it is to be made
     * @return whether it was made, is no more to be made, or waits for its turn
     */
    boolean did(String object, String version, Runnable change) {
        wanted.add(object);
        if (awaited.has(object, version, writes.nowNanos())) {
            return true;
        }
        if (isGivenUp() || refused.has(object) && !isRetried(object, writes.nowNanos())) {
            return false;
        }
        Answer answer = asked(change);
        switch (answer) {
            case REFUSED, UNREACHABLE -> refused.again(object, writes.nowNanos());
            case DONE, OVERTAKEN -> {
                awaited.made(object, version, writes.nowNanos());
                if (refused.has(object)) {
                    refused.forget(); // a right that was missing, say, was missing for all
                }
            }
            case LATER -> {
                // What it said last time still holds.
            }
        }
        return answer.isWell();
    }

    /** The same of an object that is there. */
    boolean did(HasMetadata object, Runnable change) {
        return did(object.getMetadata().getUid(), object.getMetadata().getResourceVersion(), change);
    }

    /** The same where it is deleted, which waits for no other change to it. */
    boolean deleted(HasMetadata object, Runnable change) {
        return did(
                object.getMetadata().getUid() + " delete", object.getMetadata().getResourceVersion(), change);
    }

    private boolean isRetried(String object, long nowNanos) {
        return !refused.waits(object, nowNanos) && retries.takes(nowNanos);
    }

    /** Asks the API server for a change, unless there were too many; what goes wrong is told. */
    Answer asked(Runnable change) {
        if (isGivenUp()) {
            return Answer.UNREACHABLE;
        }
        if (!writes.takes()) {
            return Answer.LATER;
        }
        Answer answer = answer(change);
        unanswered = answer == Answer.UNREACHABLE ? unanswered + 1 : 0;
        return answer;
    }

    /** Until the next look. */
    private boolean isGivenUp() {
        return unanswered >= MOST_UNANSWERED;
    }

    private Answer answer(Runnable change) {
        try {
            change.run();
            return Answer.DONE;
        } catch (KubernetesClientException failed) {
            Answer answer = Answer.of(failed);
            if (!answer.isWell()) {
                troubled(failed);
            }
            return answer;
        }
    }

    /** A change that was not made. */
    void troubled(Throwable failed) {
        told(changes, failed);
    }

    /** Says it once for each kind of trouble: the API server is asked again all the time. */
    private static void told(Troubles troubles, Throwable failed) {
        ApiTrouble trouble = ApiTrouble.of(failed);
        if (troubles.isNew(trouble)) {
            LOG.atWarn()
                    .addKeyValue("code", trouble.fault().code())
                    .addKeyValue("fault", trouble.detail())
                    .log(trouble.warning()
                            .orElse("a kind of the Kubernetes API is not there; all others are followed"));
        }
    }

    /** What lasts, for the status. */
    List<String> warnings() {
        return Stream.concat(Stream.of(changes), followed.stream().map(Followed::troubles))
                .flatMap(one -> one.warnings().stream())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        followed.forEach(one -> one.informer().stop());
    }
}
