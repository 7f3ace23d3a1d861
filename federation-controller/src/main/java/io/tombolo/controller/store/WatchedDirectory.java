package io.tombolo.controller.store;

import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of {@code *.yaml}, {@code *.yml} and {@code *.json} files that is looked at every second. What a file says is
 * applied; what it no longer says is deleted. A file with a mistake is reported once and changes nothing.
 */
public final class WatchedDirectory implements AutoCloseable {
    /** How often it is looked at. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(WatchedDirectory.class);

    private final Path directory;
    private final ResourceStore store;
    private final InstantSource clock;
    private final Map<String, String> seen = new HashMap<>();
    private boolean unreadable;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch-dir").factory());

    public WatchedDirectory(Path directory, ResourceStore store, InstantSource clock) {
        this.directory = directory;
        this.store = store;
        this.clock = clock;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks once. */
    void look() {
        try (Stream<Path> files = Files.list(directory)) {
            Map<String, String> texts = new HashMap<>();
            for (Path file : files.filter(WatchedDirectory::isResource).sorted().toList()) {
                texts.put(source(file), Files.readString(file));
            }
            forgetFiles(texts.keySet());
            texts.forEach(this::read);
            unreadable = false;
        } catch (IOException | RuntimeException failed) {
            if (!unreadable) {
                LOG.atWarn()
                        .setCause(failed)
                        .addKeyValue("directory", directory)
                        .log("directory cannot be read");
            }
            unreadable = true;
        }
    }

    private void read(String source, String text) {
        if (text.equals(seen.put(source, text))) {
            return;
        }
        try {
            List<ParsedResource> wanted = text.isBlank() ? List.of() : ResourceReader.read(text);
            wanted.forEach(resource -> store.put(resource, source, clock.instant()));
            Set<ResourceKey> said =
                    new HashSet<>(wanted.stream().map(ParsedResource::key).toList());
            delete(resource -> resource.source().equals(source) && !said.contains(resource.key()));
        } catch (TomboloException bad) {
            LOG.atError()
                    .addKeyValue("file", source)
                    .addKeyValue("fault", bad.getMessage())
                    .log("file refused");
        }
    }

    /** Files that are gone take what they said with them. */
    private void forgetFiles(Set<String> present) {
        seen.keySet().retainAll(present);
        delete(resource -> resource.source().startsWith("file:") && !present.contains(resource.source()));
    }

    private void delete(java.util.function.Predicate<StoredResource> which) {
        store.all().stream().filter(which).forEach(resource -> store.delete(resource.key()));
    }

    private static String source(Path file) {
        return "file:" + file.getFileName();
    }

    private static boolean isResource(Path file) {
        String name = String.valueOf(file.getFileName());
        boolean yaml = name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
        return yaml && !name.startsWith(".") && Files.isRegularFile(file);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
