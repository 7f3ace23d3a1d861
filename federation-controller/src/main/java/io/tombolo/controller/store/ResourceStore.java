package io.tombolo.controller.store;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resources of this cluster. Reading takes no lock; changes are one after the other, each fsynced when it returns. */
public final class ResourceStore {
    /** Most resources. */
    public static final int MAX_RESOURCES = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(ResourceStore.class);
    private static final String FILE_KIND = "RSRC";

    /** What a change did. */
    public enum Result {
        CREATED,
        CONFIGURED,
        UNCHANGED
    }

    /** What became of one resource. */
    public record Change(StoredResource resource, Result result) {}

    record Form(
            String kind,
            String namespace,
            String name,
            String spec,
            long generation,
            long createdAtMs,
            String source) {}

    private final Path directory;
    private final ConcurrentSkipListMap<ResourceKey, StoredResource> resources = new ConcurrentSkipListMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Reads what is on disk; a file that does not verify is reported and left out. */
    public ResourceStore(StateDirectory state) {
        this.directory = state.directory("resources");
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".state")).forEach(this::load);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Calls {@code listener} after each change, on the thread that made it; it must not block. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    public Optional<StoredResource> find(ResourceKey key) {
        return Optional.ofNullable(resources.get(key));
    }

    /** All of a kind, by name. */
    public List<StoredResource> list(ResourceKind kind) {
        return resources.values().stream().filter(r -> r.key().kind() == kind).toList();
    }

    public List<StoredResource> all() {
        return List.copyOf(resources.values());
    }

    /** What {@link #put} would do. */
    public Change plan(ParsedResource wanted, String source, Instant now) {
        StoredResource old = resources.get(wanted.key());
        if (old == null) {
            var made = new StoredResource(
                    wanted.key(), wanted.spec(), wanted.specJson(), 1, now.truncatedTo(ChronoUnit.MILLIS), source);
            return new Change(made, Result.CREATED);
        }
        if (old.spec().equals(wanted.spec()) && old.source().equals(source)) {
            return new Change(old, Result.UNCHANGED);
        }
        long generation = old.spec().equals(wanted.spec()) ? old.generation() : old.generation() + 1;
        var changed =
                new StoredResource(wanted.key(), wanted.spec(), wanted.specJson(), generation, old.createdAt(), source);
        return new Change(changed, generation == old.generation() ? Result.UNCHANGED : Result.CONFIGURED);
    }

    /** Keeps one resource. @throws TomboloException STORE_FAILED, and nothing is changed */
    public synchronized Change put(ParsedResource wanted, String source, Instant now) {
        Change change = plan(wanted, source, now);
        set(change.resource());
        return change;
    }

    /**
     * Keeps one that was made at another place then. One of its key that was made at another time is another one, and gives way to it in
     * the same moment: nobody ever sees neither.
     * @throws TomboloException STORE_FAILED, and nothing is changed
     */
    public synchronized StoredResource take(ParsedResource wanted, String source, Instant createdAt) {
        Instant made = createdAt.truncatedTo(ChronoUnit.MILLIS);
        StoredResource old = resources.get(wanted.key());
        StoredResource next = old != null && old.createdAt().equals(made)
                ? plan(wanted, source, made).resource()
                : new StoredResource(wanted.key(), wanted.spec(), wanted.specJson(), 1, made, source);
        set(next);
        return next;
    }

    private void set(StoredResource next) {
        if (!next.equals(resources.get(next.key()))) {
            refuseIfFull(next.key());
            file(next.key()).write(form(next));
            resources.put(next.key(), next);
            listeners.forEach(Runnable::run);
        }
    }

    /** Deletes one resource; fsynced when it returns. */
    public synchronized Optional<StoredResource> delete(ResourceKey key) {
        StoredResource old = resources.get(key);
        if (old == null) {
            return Optional.empty();
        }
        file(key).delete();
        resources.remove(key);
        listeners.forEach(Runnable::run);
        return Optional.of(old);
    }

    private void refuseIfFull(ResourceKey key) {
        if (resources.size() >= MAX_RESOURCES && !resources.containsKey(key)) {
            throw new TomboloException(
                    Fault.CONFLICT, key.toString(), MAX_RESOURCES + " resources exist already", "delete some first");
        }
    }

    private JsonState<Form> file(ResourceKey key) {
        String name = key.kind().text() + "." + key.name().namespace() + "."
                + key.name().name() + ".state";
        return new JsonState<>(directory.resolve(name), FILE_KIND, Form.class);
    }

    private void load(Path path) {
        try {
            new JsonState<>(path, FILE_KIND, Form.class).read().ifPresent(this::restore);
        } catch (TomboloException damaged) {
            LOG.atError().addKeyValue("fault", damaged.getMessage()).log("resource left out");
        }
    }

    private void restore(Form form) {
        var key = new ResourceKey(
                ResourceKind.parse("stored", form.kind()), new ServiceName(form.namespace(), form.name()));
        ParsedResource parsed = ResourceReader.stored(key, form.spec());
        resources.put(
                key,
                new StoredResource(
                        key,
                        parsed.spec(),
                        parsed.specJson(),
                        form.generation(),
                        Instant.ofEpochMilli(form.createdAtMs()),
                        form.source()));
    }

    private static Form form(StoredResource resource) {
        ResourceKey key = resource.key();
        return new Form(
                key.kind().text(),
                key.name().namespace(),
                key.name().name(),
                resource.specJson(),
                resource.generation(),
                resource.createdAt().toEpochMilli(),
                resource.source());
    }
}
