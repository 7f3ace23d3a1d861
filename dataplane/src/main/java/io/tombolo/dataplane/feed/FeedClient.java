package io.tombolo.dataplane.feed;

import io.tombolo.dataplane.demand.Demand;
import io.tombolo.dataplane.enrol.ControllerChannel;
import io.tombolo.dataplane.enrol.Enroller;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.tls.JdkTls;
import io.tombolo.trustbundle.tls.SvidKeyManager;
import io.tombolo.trustbundle.verify.SpiffeTrustManager;
import io.tombolo.wire.feed.FromProxy;
import io.tombolo.wire.feed.Update;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the controller's feed for as long as the process lives. Starts with the last verified state on disk, so the proxy
 * serves its own cluster at once; the others only once a controller answered or 2 s are over, because a cluster may have been
 * evicted meanwhile. It goes on serving when no controller answers, until the news of the members is too old. Everything happens on one thread of its own; the public
 * methods hand over to it and return.
 */
public final class FeedClient implements AutoCloseable {
    private static final long LOAD_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(FeedClient.class);

    /** Shortest time between two writes of the state to disk. */
    private static final long WRITE_MILLIS = 1_000;

    /** How long a controller is asked for newer members before the way to other clusters opens. */
    private static final long ASKED_MILLIS = 2_000;

    private static final long LOOK_MILLIS = 1_000;

    /** How far this proxy reaches, and who is admitted. */
    enum Reach {
        /** Own cluster only: the state is from the disk, and a controller is being asked for a newer one. */
        ASKING,
        /** Everybody. */
        OPEN,
        /** Own cluster only: who was evicted meanwhile is not known any more. */
        BLIND
    }

    private final FeedSettings settings;
    private final Presence presence;
    private final Enroller enroller;
    private final CurrentConfig current;
    private final Optional<Interests> interests;
    private final Metrics metrics;
    private final InstantSource clock;
    private final FeedFile file;
    private final ScheduledExecutorService feed = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("feed").factory());
    private final CountDownLatch firstState = new CountDownLatch(1);

    // below: the feed's thread only
    private FeedState state = FeedState.EMPTY;
    private Optional<FeedStream> stream = Optional.empty();
    private Optional<FromProxy> instance = Optional.empty();
    private Optional<FromProxy> paths = Optional.empty();
    private boolean askForSnapshot;
    private boolean writePending;
    private boolean hasWritten;
    private boolean asking;
    private boolean warned;
    private final NewsClock news = new NewsClock(System.nanoTime());
    private boolean closed;
    private int attempts;

    private volatile @Nullable Thread goodbye;
    private volatile boolean connected;
    private boolean toldLoad;
    private volatile Reach reach = Reach.OPEN;
    private volatile double newsSeconds;
    private volatile long lastHeardNanos = System.nanoTime();

    /** @param interests what is to be followed of the imports; empty = all */
    public FeedClient(
            FeedSettings settings,
            Presence presence,
            Enroller enroller,
            CurrentConfig current,
            Optional<Interests> interests,
            Metrics metrics,
            InstantSource clock) {
        this.settings = settings;
        this.presence = presence;
        this.enroller = enroller;
        this.current = current;
        this.interests = interests;
        this.metrics = metrics;
        this.clock = clock;
        this.file = new FeedFile(settings.stateDirectory());
    }

    /** Puts the state on disk in force, if there is one, then begins to follow. Blocks on the disk only. */
    public void start() {
        metrics.gauge(
                "tombolo_feed_version",
                "Version of the configuration in force.",
                () -> current.get().version());
        metrics.gauge("tombolo_feed_connected", "1 while a controller answers.", () -> connected ? 1 : 0);
        metrics.gauge(
                "tombolo_feed_silence_seconds", "Seconds since a controller said anything.", this::silenceSeconds);
        metrics.gauge(
                "tombolo_members_news_age_seconds",
                "Since the controller last had news of the members.",
                () -> newsSeconds);
        metrics.gauge(
                "tombolo_remote_open",
                "1 while other clusters are reached and admitted.",
                () -> reach == Reach.OPEN ? 1 : 0);
        interests.ifPresent(these -> {
            metrics.gauge(
                    "tombolo_imports_called",
                    "Services that are called, with what that needs.",
                    () -> these.services().size());
            metrics.gauge(
                    "tombolo_imports_known",
                    "Services that may be called, called or not.",
                    () -> current.get().knownNames());
        });
        file.read().ifPresent(stored -> {
            state = stored;
            asking = true;
            news.take(stored.news(), clock.instant(), System.nanoTime());
            interests.ifPresent(these -> these.resume(stored.importedNames(), System.nanoTime()));
            putInForce();
            LOG.atInfo().addKeyValue("version", stored.version()).log("serving from the state on disk");
        });
        interests.ifPresent(these -> these.onChange(this::interestedIn));
        feed.execute(this::connect);
        feed.schedule(this::askNoLonger, ASKED_MILLIS, TimeUnit.MILLISECONDS);
        feed.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void askNoLonger() {
        if (asking) {
            asking = false;
            putInForce();
        }
    }

    /** Time alone may close the way to others. */
    private void look() {
        long now = System.nanoTime();
        newsSeconds = news.age(now).toMillis() / 1e3;
        interests.ifPresent(these -> these.look(now));
        if (state.version() > 0 && reachNow(now) != reach) {
            putInForce();
        }
        if (news.isWarned(now) != warned) {
            warned = news.isWarned(now);
            LOG.atWarn()
                    .addKeyValue("newsSeconds", newsSeconds)
                    .log(
                            warned
                                    ? "no news of the members for half of the time after which only this cluster is reached"
                                    : "there is news of the members again");
        }
    }

    private Reach reachNow(long nowNanos) {
        return asking ? Reach.ASKING : news.isBlind(nowNanos) ? Reach.BLIND : Reach.OPEN;
    }

    private void putInForce() {
        Reach next = reachNow(System.nanoTime());
        if (next != reach) {
            LOG.atInfo().addKeyValue("reach", next).log("other clusters");
        }
        reach = next;
        current.swap(next == Reach.OPEN ? state.config() : state.localConfig());
        if (!asking) {
            firstState.countDown();
        }
    }

    /** Waits until there is a configuration and a controller was asked for a newer one; false if not in that time. */
    public boolean awaitState(long timeoutMillis) throws InterruptedException {
        return firstState.await(timeoutMillis, TimeUnit.MILLISECONDS);
    }

    /** Whether a controller answers now. */
    public boolean isConnected() {
        return connected;
    }

    /** How long no controller said anything, in s. */
    public double silenceSeconds() {
        return connected ? 0 : (System.nanoTime() - lastHeardNanos) / 1e9;
    }

    /** Says how this instance is; the latest is repeated on every new stream. */
    public void report(InstanceState instanceState) {
        enqueue(() -> {
            instance = Optional.of(Reports.instance(instanceState));
            send(instance);
        });
    }

    /** Says how the paths to other clusters are: all that are known. */
    public void report(Collection<PathHealth> pathHealth) {
        List<PathHealth> copy = List.copyOf(pathHealth);
        enqueue(() -> {
            paths = Optional.of(Reports.paths(copy));
            send(paths);
        });
    }

    /** Says which imports are in use, so that their endpoints are sent. */
    private void interestedIn(Set<ServiceName> services) {
        enqueue(() -> send(Optional.of(Reports.interest(services))));
    }

    /** Ends the stream after what was reported before has gone out; the configuration stays in force. Blocks up to 9 s. */
    @Override
    public void close() {
        if (feed.isShutdown()) {
            return;
        }
        try {
            feed.submit(this::hangUp).get(3, TimeUnit.SECONDS);
            Thread last = goodbye;
            if (last != null) {
                last.join(1_000);
            }
            feed.shutdownNow();
            if (!feed.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the configuration is still being written");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            LOG.warn("the feed did not end in order", stuck);
        }
        feed.shutdownNow();
    }

    private void hangUp() {
        closed = true;
        goodbye = stream.map(FeedStream::close).orElse(null);
        if (writePending) {
            file.write(state);
        }
    }

    private void enqueue(Runnable task) {
        try {
            feed.execute(task);
        } catch (RejectedExecutionException closing) {
            LOG.debug("the feed is closed", closing);
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        List<HostPort> controllers = enroller.controllers();
        HostPort address = controllers.get(attempts % controllers.size());
        var trust = new SpiffeTrustManager(enroller.bundles(), clock)
                .demanding(Set.of(enroller.identity().controllerId()));
        var tls = JdkTls.client(new SvidKeyManager(enroller.svid()), trust);
        var channel = new ControllerChannel(address, tls, feed, settings.maxUpdateBytes());
        var next = new FeedStream(this, channel, address);
        stream = Optional.of(next);
        next.begin(
                Reports.start(presence, askForSnapshot ? FeedState.EMPTY : state, interests.map(Interests::services)));
        send(instance);
        send(paths);
    }

    private void send(Optional<FromProxy> message) {
        if (stream.isPresent() && message.isPresent()) {
            stream.get().send(message.get());
        }
    }

    /** Says what is asked for of services, every 2 s while a controller answers, and only of those whose capacity is known. */
    public void tell(Demand demand) {
        var _ = feed.scheduleWithFixedDelay(() -> load(demand), LOAD_SECONDS, LOAD_SECONDS, TimeUnit.SECONDS);
    }

    private void load(Demand demand) {
        List<Demand.Load> loads = demand.sample(
                service -> current.get().imported(service).stream()
                        .flatMap(imported -> imported.sources().stream())
                        .flatMap(source -> source.health().stream())
                        .anyMatch(health -> health.capacityPerSecond() > 0),
                System.nanoTime());
        if (!loads.isEmpty() || toldLoad) {
            send(Optional.of(Reports.load(loads)));
            toldLoad = !loads.isEmpty();
        }
    }

    /** An update has come in. Answers whether it was applied. */
    void received(FeedStream from, Update update) {
        connected = true;
        lastHeardNanos = System.nanoTime();
        current.heard(true, lastHeardNanos);
        try {
            FeedState next = state.apply(update);
            state = next;
            askForSnapshot = false;
            attempts = 0;
            asking = false;
            news.take(next.news(), clock.instant(), System.nanoTime());
            putInForce();
            enroller.renewUnlessVerifiedBy(next.config().bundles());
            from.applied(update.getVersion(), "");
            metrics.counter("tombolo_feed_updates_total", "Updates applied.").increment();
            writeSoon();
        } catch (TomboloException refused) {
            metrics.fault(refused.fault()).increment();
            LOG.atWarn().addKeyValue("controller", from.address()).log("update refused: {}", refused.getMessage());
            from.applied(update.getVersion(), String.valueOf(refused.getMessage()));
            startOver(from, update, refused);
        }
    }

    /** A change that does not fit can only be mended by a snapshot, and a snapshot that does not fit by time. */
    private void startOver(FeedStream from, Update update, TomboloException refused) {
        askForSnapshot = update.getBaseVersion() != 0 || refused.fault() == Fault.DIGEST_MISMATCH;
        from.close();
        ended(from, "an update was refused");
    }

    /** The controller said no to this proxy. */
    void refused(FeedStream from, String code, String message) {
        metrics.counter("tombolo_feed_refused_total", "Times that a controller refused this proxy.")
                .increment();
        LOG.atWarn()
                .addKeyValue("controller", from.address())
                .addKeyValue("code", code)
                .log("the controller refuses this proxy: {}", message);
    }

    /** The controller answers, but knows no registered proxy by this SVID: it may be of a former epoch of the cluster. */
    void unknown() {
        enroller.renewSoon();
    }

    /** The stream is over, for whatever reason: the next one after a while. */
    void ended(FeedStream from, String why) {
        if (stream.isEmpty() || stream.get() != from) {
            return;
        }
        stream = Optional.empty();
        if (connected) {
            lastHeardNanos = System.nanoTime();
        }
        connected = false;
        current.heard(false, lastHeardNanos);
        long waitMillis = backoffMillis(attempts++);
        LOG.atInfo()
                .addKeyValue("controller", from.address())
                .addKeyValue("retryMillis", waitMillis)
                .log("feed interrupted, serving on: {}", why);
        if (!closed) {
            feed.schedule(this::connect, waitMillis, TimeUnit.MILLISECONDS);
        }
    }

    private long backoffMillis(int attempt) {
        long ceiling =
                Math.min(settings.maxBackoff().toMillis(), settings.minBackoff().toMillis() << Math.min(attempt, 16));
        return ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
    }

    private void writeSoon() {
        if (!writePending) {
            writePending = true;
            feed.schedule(this::write, hasWritten ? WRITE_MILLIS : 0, TimeUnit.MILLISECONDS);
        }
    }

    private void write() {
        writePending = false;
        hasWritten = true;
        file.write(state);
    }
}
