package io.tombolo.controller.join;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import io.tombolo.trustbundle.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins by itself, with a token that somebody lays into a file, such as a Secret that Kubernetes mounts. Looks every 2 s while this
 * cluster never was a member; one that left or was evicted joins by hand. The file may come later, and may be replaced at any
 * time. What hinders is a {@link #notice()}, for people, and in the log once.
 */
public final class TokenWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenWatch.class);
    private static final long LOOK_SECONDS = 2;

    private final Optional<Path> file;
    private final BooleanSupplier stranger;
    private final Function<String, Job> join;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("join-token").factory());
    private @Nullable Running running;
    private Optional<TokenTry> last = Optional.empty();
    private volatile Optional<String> notice = Optional.empty();

    private record Running(String digest, Job job) {}

    /**
     * A watch that is not started.
     * @param file     none: nothing is looked for
     * @param stranger whether this cluster never was a member, and nothing else is about to make it one
     * @param join     begins to join with a token's text
     */
    TokenWatch(Optional<Path> file, BooleanSupplier stranger, Function<String, Job> join, InstantSource clock) {
        this.file = file;
        this.stranger = stranger;
        this.join = join;
        this.clock = clock;
    }

    /** @param join begins to join this federation with a token's text */
    public static TokenWatch of(
            Optional<Path> file, Federation federation, Function<String, Job> join, InstantSource clock) {
        return new TokenWatch(file, federation::isStranger, join, clock);
    }

    public void start() {
        if (file.isPresent()) {
            var _ = timer.scheduleWithFixedDelay(this::lookSafely, 0, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What keeps this cluster from joining by itself. */
    public Optional<String> notice() {
        return stranger.getAsBoolean() ? notice : Optional.empty();
    }

    private void lookSafely() {
        try {
            file.ifPresent(this::look);
        } catch (RuntimeException failed) {
            LOG.error("cannot look for a token", failed); // the next look is due
        }
    }

    /** One look. Blocks on the disk; the join itself runs elsewhere. */
    void look(Path tokenFile) {
        if (!ended() || !stranger.getAsBoolean()) {
            return;
        }
        if (Files.notExists(tokenFile)) {
            says("waits for a token to join with in " + tokenFile);
        } else {
            tries(tokenFile); // also one that cannot be looked at, which is then said
        }
    }

    /** Whether no try runs; what became of the last one is kept. */
    private boolean ended() {
        @Nullable Running now = running;
        if (now == null) {
            return true;
        }
        if (now.job().state() == Job.State.RUNNING) {
            return false;
        }
        running = null;
        now.job().error().ifPresent(error -> failed(now.digest(), error));
        return true;
    }

    private void tries(Path tokenFile) {
        String digest = "";
        try {
            byte[] text = SecretFile.readOfGroup(tokenFile);
            digest = HexFormat.of().formatHex(Sha256.of(text));
            if (mayTry(digest)) {
                running = new Running(digest, join.apply(new String(text, StandardCharsets.US_ASCII).strip()));
            } else {
                last.ifPresent(this::says);
            }
        } catch (TomboloException refused) {
            failed(digest, refused);
        }
    }

    private boolean mayTry(String digest) {
        return last.map(one -> one.mayTry(digest, clock.instant())).orElse(true);
    }

    private void failed(String digest, TomboloException error) {
        int before = last.filter(one -> one.digest().equals(digest))
                .map(TokenTry::failures)
                .orElse(0);
        var failed = new TokenTry(digest, error, before + 1, clock.instant());
        last = Optional.of(failed);
        says(failed);
    }

    private void says(TokenTry failed) {
        String then = failed.isFinal()
                ? "Make another one with `tombolo token create` on an authority: in this file it is tried at once."
                : "It is tried again by itself.";
        says("does not join by the token in " + file.map(Path::toString).orElse("") + ": "
                + failed.error().getMessage() + " " + then);
    }

    private void says(String text) {
        if (!notice.equals(Optional.of(text))) {
            LOG.atWarn().addKeyValue("fault", text).log("this cluster is in no federation yet");
        }
        notice = Optional.of(text);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
