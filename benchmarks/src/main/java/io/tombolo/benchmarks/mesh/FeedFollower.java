package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.place.Workshop;
import io.tombolo.dataplane.enrol.EnrolSettings;
import io.tombolo.dataplane.enrol.Enroller;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.FeedClient;
import io.tombolo.dataplane.feed.FeedSettings;
import io.tombolo.dataplane.feed.Presence;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a sidecar is to its controller, without a data path: it enrols with a token, follows the feed, verifies it and puts it in
 * force. Remembers when all of a service's traffic was last given to another cluster than before.
 */
final class FeedFollower implements AutoCloseable {
    private static final int ALL_PERMILLE = 1_000;

    /** Where all traffic goes, and since when by the monotonic clock. */
    record Goes(Optional<ClusterId> to, long sinceNanos) {}

    private final ServiceName service;
    private final Enroller enroller;
    private final FeedClient feed;
    private volatile Goes goes = new Goes(Optional.empty(), 0);

    private FeedFollower(ServiceName service, Path directory, Path token) {
        this.service = service;
        var enrol = new EnrolSettings(directory, Optional.of(token), List.of(), EnrolSettings.CALL_TIMEOUT);
        this.enroller = Enroller.open(enrol, Clock.systemUTC());
        var config = new CurrentConfig();
        config.listen((_, now) -> look(now));
        this.feed = new FeedClient(
                FeedSettings.in(directory),
                new Presence(List.of(), "benchmark", List.of(), "", 100, Optional.empty(), false),
                enroller,
                config,
                Optional.empty(),
                new Metrics(),
                Clock.systemUTC());
    }

    /** Enrols and begins to follow. */
    static FeedFollower start(ServiceName service, String name, String token, Workshop workshop) {
        Path directory = workshop.file(name);
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path file = workshop.file(name + ".token");
        SecretFile.write(file, token.getBytes(StandardCharsets.US_ASCII));
        var follower = new FeedFollower(service, directory, file);
        follower.feed.start();
        return follower;
    }

    /** On the feed's thread, once the state is in force. */
    private void look(ProxyConfig now) {
        Optional<ClusterId> to = now.shares(service).stream()
                .flatMap(shares -> shares.shares().stream())
                .filter(share -> share.permille() == ALL_PERMILLE)
                .map(share -> share.cluster())
                .findFirst();
        if (!to.equals(goes.to())) {
            goes = new Goes(to, System.nanoTime());
        }
    }

    Goes goes() {
        return goes;
    }

    @Override
    public void close() {
        feed.close();
        enroller.close();
    }
}
