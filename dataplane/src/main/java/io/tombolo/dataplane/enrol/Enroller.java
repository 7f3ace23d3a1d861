package io.tombolo.dataplane.enrol;

import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.bundle.BundleSet;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.trustbundle.key.KeyPin;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.svid.RenewalTime;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.trustbundle.tls.JdkTls;
import io.tombolo.trustbundle.verify.PeerVerifier;
import io.tombolo.trustbundle.verify.PinnedTrustManager;
import io.tombolo.trustbundle.verify.SpiffeTrustManager;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.enrol.Issued;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.WorkloadToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this proxy's identity alive. {@link #identity}, {@link #svid} and {@link #bundles} never block and always give what
 * is held now; everything else blocks.
 */
public final class Enroller implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Enroller.class);
    private static final long MAX_RETRY_MILLIS = 60_000;
    private static final long CLOSE_SECONDS = 5;
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(30);

    private final EnrolSettings settings;
    private final InstantSource clock;
    private final IdentityStore store;
    private final EnrolCall call;
    private final ScheduledExecutorService renewals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("enrol").factory());
    private volatile Identity held;
    private volatile int failures;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile Optional<TrustBundle> checked = Optional.empty();

    private Enroller(EnrolSettings settings, InstantSource clock, IdentityStore store, EnrolCall call, Identity held) {
        this.settings = settings;
        this.clock = clock;
        this.store = store;
        this.call = call;
        this.held = held;
    }

    /**
     * Takes the identity of a former run, or registers with the token. An expired one is renewed first; when no controller
     * answers it is used as it is, for the renewals that follow.
     * @throws TomboloException what the token, the controller or the disk has against it
     */
    public static Enroller open(EnrolSettings settings, InstantSource clock) {
        var store = new IdentityStore(settings.stateDirectory());
        var call = new EnrolCall(store.nodeKey(), settings.callTimeout());
        Optional<Identity> before = store.load();
        Identity identity = before.isPresent() ? before.get() : register(settings, clock, store, call);
        var enroller = new Enroller(settings, clock, store, call, identity);
        if (clock.instant().isAfter(identity.svid().notAfter())) {
            enroller.revive();
        }
        return enroller;
    }

    /** Renews what has expired; a registration that the controller forgot is made again if there is a token. */
    private void revive() {
        try {
            renew();
        } catch (TomboloException failed) {
            LOG.warn("the expired identity is not renewed: {}", failed.getMessage());
            boolean again = settings.tokenFile().isPresent() || settings.pod().isPresent();
            if (failed.fault() == Fault.NODE_KEY_REFUSED && again) {
                held = register(settings, clock, store, call);
            }
        }
    }

    /** Begins to renew in time, on a thread of its own. */
    public void start(Metrics metrics) {
        metrics.gauge(
                "tombolo_svid_seconds_left",
                "Seconds until the own SVID expires.",
                () -> Duration.between(clock.instant(), held.svid().notAfter()).toSeconds());
        metrics.gauge("tombolo_svid_renewal_failures", "Renewals that failed in a row.", () -> failures);
        scheduleNext();
    }

    public Identity identity() {
        return held;
    }

    /** For TLS: the SVID held now. */
    public Supplier<Svid> svid() {
        return () -> held.svid();
    }

    /** For talking to the own controller: the own trust domain only. */
    public Supplier<BundleSet> bundles() {
        return () -> BundleSet.of(List.of(held.ownBundle()));
    }

    /** Where controllers are: the configured ones first. */
    public List<HostPort> controllers() {
        return settings.controllers().isEmpty() ? held.controllers() : settings.controllers();
    }

    /**
     * Renews now, with a new SVID key.
     * @throws TomboloException as the controller answers; the identity held stays
     */
    public void renew() {
        P256Key key = P256Key.generate();
        var trust = new SpiffeTrustManager(bundles(), clock).demanding(Set.of(held.controllerId()));
        Issued issued = call.renew(controllers(), JdkTls.clientWithoutIdentity(trust), CertificateRequest.make(key));
        held = store.keep(issued, key);
        LOG.atInfo().addKeyValue("svid", held.svid()).log("identity renewed");
    }

    /** Renews on the thread for it, without waiting for the time: the controller does not know this SVID any more. */
    public void renewSoon() {
        if (!renewals.isShutdown() && renewing.compareAndSet(false, true)) {
            renewals.execute(() -> {
                renewing.set(false);
                renewOrComplain();
            });
        }
    }

    /**
     * Renews soon if the own SVID does not verify with {@code current} as others verify it: the cluster is in a new epoch.
     * Costs nothing while the own bundle stays the same, else about 0.3 ms.
     */
    public void renewUnlessVerifiedBy(BundleSet current) {
        Svid svid = held.svid();
        Optional<TrustBundle> own = current.find(svid.id().trustDomain());
        if (own.isEmpty() || own.equals(checked)) {
            return;
        }
        checked = own;
        try {
            var _ = PeerVerifier.verify(svid.chain(), current, clock.instant());
        } catch (TomboloException unknown) {
            LOG.atInfo().log("the own SVID is of a former epoch, renewing: {}", unknown.getMessage());
            renewSoon();
        }
    }

    /** Ends a renewal that runs and waits for its end, up to 5 s: whoever gets the directory next is alone in it. Blocks. */
    @Override
    public void close() {
        renewals.shutdownNow();
        try {
            if (!renewals.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a renewal of the identity is still being written to {}", settings.stateDirectory());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Identity register(EnrolSettings settings, InstantSource clock, IdentityStore store, EnrolCall call) {
        return settings.pod().isPresent()
                ? registerPod(settings, settings.pod().get(), clock, store, call)
                : registerByToken(settings, clock, store, call);
    }

    private static Identity registerPod(
            EnrolSettings settings, PodToken pod, InstantSource clock, IdentityStore store, EnrolCall call) {
        P256Key key = P256Key.generate();
        JdkTls tls = JdkTls.clientWithoutIdentity(new PinnedTrustManager(pod.caPin(), clock));
        CertificateRequest request = CertificateRequest.make(key);
        Issued issued = FirstContact.insist(
                () -> call.registerPod(settings.controllers(), tls, PodTokenFile.read(pod.file()), request),
                FIRST_PATIENCE);
        return store.keep(issued, key);
    }

    private static Identity registerByToken(
            EnrolSettings settings, InstantSource clock, IdentityStore store, EnrolCall call) {
        WorkloadToken token = token(settings);
        P256Key key = P256Key.generate();
        var pin = new PinnedTrustManager(KeyPin.ofBytes(token.getCaPin().toByteArray()), clock);
        List<HostPort> addresses = settings.controllers().isEmpty()
                ? token.getControllerAddressesList().stream()
                        .map(HostPort::parse)
                        .toList()
                : settings.controllers();
        CertificateRequest request = CertificateRequest.make(key);
        Issued issued = FirstContact.insist(
                () -> call.register(addresses, JdkTls.clientWithoutIdentity(pin), token, request), FIRST_PATIENCE);
        return store.keep(issued, key);
    }

    private static WorkloadToken token(EnrolSettings settings) {
        if (settings.tokenFile().isEmpty()) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    "token-file",
                    "this proxy has no identity yet and no token to get one",
                    "make one with `tombolo gateway token create` or `tombolo workload token create` and name its file");
        }
        byte[] text = SecretFile.read(settings.tokenFile().get());
        return TokenText.workload(new String(text, StandardCharsets.US_ASCII).strip());
    }

    private void scheduleNext() {
        long delayMillis = failures == 0 ? untilRenewal().toMillis() : retryMillis();
        renewals.schedule(
                () -> {
                    renewOrComplain();
                    scheduleNext();
                },
                Math.max(0, delayMillis),
                TimeUnit.MILLISECONDS);
    }

    /** The controller's wish, but never later than half of the life with jitter. */
    private Duration untilRenewal() {
        Identity identity = held;
        Instant local = RenewalTime.of(identity.svid());
        Instant wished = identity.renewAt();
        return Duration.between(clock.instant(), wished.isBefore(local) ? wished : local);
    }

    /** A pod that was forgotten, because its controller was away for longer than that takes, says once more who it is. */
    private void renewOrRegister() {
        try {
            renew();
        } catch (TomboloException failed) {
            if (failed.fault() != Fault.NODE_KEY_REFUSED || settings.pod().isEmpty()) {
                throw failed;
            }
            held = registerPod(settings, settings.pod().get(), clock, store, call);
        }
    }

    private void renewOrComplain() {
        try {
            renewOrRegister();
            failures = 0;
        } catch (RuntimeException failed) { // whatever it is, there must be a next attempt
            failures = failures + 1;
            LOG.atWarn()
                    .addKeyValue("failures", failures)
                    .addKeyValue("until", held.svid().notAfter())
                    .log("identity not renewed: {}", failed.getMessage());
        }
    }

    private long retryMillis() {
        long ceiling = Math.min(MAX_RETRY_MILLIS, 1_000L << Math.min(failures, 6));
        return ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
    }
}
