package io.tombolo.controller.push;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.importing.FeedSource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.name.InstanceId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All streams to proxies, and the state of each role. One thread computes states; changes within 20 ms are one state. */
public final class Sessions implements AutoCloseable {
    /** How long changes are gathered. */
    private static final long GATHER_MILLIS = 20;

    /** Most streams at a time. */
    static final int MAX_SESSIONS = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private final FeedSource source;
    private final FeedVersions versions;
    private final Map<InstanceId, Session> sessions = new ConcurrentHashMap<>();
    private final Map<ProxyRole, RoleState> states = new ConcurrentHashMap<>();
    private final AtomicBoolean dirty = new AtomicBoolean();

    /** Once closed it does nothing more: streams end by themselves, later. */
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("feed").factory(), new ThreadPoolExecutor.DiscardPolicy());

    public Sessions(StateDirectory directory, FeedSource source) {
        this.source = source;
        this.versions = new FeedVersions(directory);
    }

    /** Something changed: states are computed and sent soon. Safe on any thread; never blocks. */
    public void refresh() {
        if (dirty.compareAndSet(false, true)) {
            var _ = thread.schedule(this::compute, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Adds a stream; an older one of the same instance ends. */
    void add(Session session) {
        @Nullable Session older = sessions.put(session.registration().instance(), session);
        if (older != null) {
            older.end();
        }
        thread.execute(() -> state(session.registration().role()).ifPresent(session::offer));
    }

    /** Whether {@code session} was still the instance's stream. */
    boolean remove(Session session) {
        session.over();
        return sessions.remove(session.registration().instance(), session);
    }

    int size() {
        return sessions.size();
    }

    /** How far a proxy is: version sent and applied. */
    public Optional<Progress> progress(InstanceId instance) {
        return Optional.ofNullable(sessions.get(instance)).map(session -> {
            Session.ProxyVersion version = session.version();
            return new Progress(version.sent(), version.applied(), version.current(), version.error());
        });
    }

    /** How far one proxy is; {@code current} = it applied the newest state. */
    public record Progress(long sent, long applied, boolean current, String error) {}

    private void compute() {
        dirty.set(false);
        try {
            Set<ProxyRole> roles = sessions.values().stream()
                    .map(session -> session.registration().role())
                    .collect(Collectors.toSet());
            states.keySet().retainAll(roles);
            source.keepOnly(roles);
            roles.forEach(this::update);
            sessions.values()
                    .forEach(session -> state(session.registration().role()).ifPresent(session::offer));
        } catch (RuntimeException failed) {
            LOG.error("feed was not computed", failed);
        }
    }

    /** What one role cannot be told keeps no other from its news. */
    private void update(ProxyRole role) {
        try {
            states.computeIfPresent(role, this::recompute);
        } catch (RuntimeException failed) {
            LOG.atError().addKeyValue("role", role).setCause(failed).log("feed was not computed");
        }
    }

    /** Of a state that only one proxy has. */
    long nextVersion() {
        return versions.next();
    }

    private Optional<RoleState> state(ProxyRole role) {
        @Nullable RoleState known = states.get(role);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<RoleState> made = source.entriesFor(role).map(entries -> RoleState.of(versions.next(), entries));
        made.ifPresent(state -> states.put(role, state));
        return made;
    }

    private RoleState recompute(ProxyRole role, RoleState before) {
        return source.entriesFor(role)
                .filter(entries -> !before.whole().has(entries))
                .map(entries -> RoleState.of(versions.next(), entries))
                .orElse(before);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        sessions.values().forEach(Session::end);
    }
}
