package io.tombolo.controller.importing;

import io.tombolo.wire.codec.FeedCodec;
import io.tombolo.wire.codec.FeedEntry;
import io.tombolo.wire.feed.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one role was told last, so that the next time only that is put into words of which something changed. Confined to one thread
 * at a time; what it gives is never changed again.
 */
final class Told {
    private final ImportsBefore imports = new ImportsBefore();
    private @Nullable Basis basis;
    private Words last = new Words(new IdentityHashMap<>());
    private Map<String, Entry> always = Map.of();
    private SortedMap<String, Entry> entries = Collections.emptySortedMap();

    /** What the services of a role were put into words of, as far as that costs nothing to compare. */
    interface Basis {
        /** Whether the same words would come of both. */
        boolean isLike(Basis other);
    }

    ImportsBefore imports() {
        return imports;
    }

    /**
     * Takes what is said now.
     * @param first    of trust and of other clusters: little, and said anew each time
     * @param now      of the services
     * @param services puts them into words; asked only if something of {@code now} changed
     * @return everything, by key; the same object as the last time if nothing changed
     */
    SortedMap<String, Entry> say(List<FeedEntry> first, Basis now, Consumer<Words> services) {
        Map<String, Entry> nextAlways = wire(first);
        @Nullable Basis before = basis;
        Words next = before != null && before.isLike(now) ? last : words(services);
        if (next != last || !nextAlways.equals(always)) {
            entries = changed(nextAlways, next);
        }
        basis = now;
        last = next;
        always = nextAlways;
        return entries;
    }

    private Words words(Consumer<Words> services) {
        var words = new Words(last.things);
        services.accept(words);
        words.before = new IdentityHashMap<>();
        return words;
    }

    private SortedMap<String, Entry> changed(Map<String, Entry> nextAlways, Words next) {
        SortedMap<String, Entry> all = new TreeMap<>(entries);
        Set<String> touched = new HashSet<>(always.keySet());
        touched.addAll(last.few.keySet());
        next.missing(last).forEach(entry -> touched.add(entry.getKey()));
        touched.forEach(all::remove);
        Map<String, Entry> said = new HashMap<>(nextAlways);
        said.putAll(next.few);
        last.missing(next).forEach(entry -> said.put(entry.getKey(), entry));
        all.putAll(said);
        touched.addAll(said.keySet());
        boolean same = touched.stream().allMatch(key -> Objects.equals(all.get(key), entries.get(key)));
        return same ? entries : Collections.unmodifiableSortedMap(all);
    }

    private static Map<String, Entry> wire(List<FeedEntry> said) {
        Map<String, Entry> entries = new HashMap<>();
        said.forEach(one -> entries.put(one.key(), FeedCodec.toWire(one)));
        return entries;
    }

    /** Services in words. No two things, and nothing of the few, have the same key. */
    static final class Words {
        private IdentityHashMap<Object, List<Entry>> before;
        private final IdentityHashMap<Object, List<Entry>> things = new IdentityHashMap<>();
        private final Map<String, Entry> few = new HashMap<>();

        private Words(IdentityHashMap<Object, List<Entry>> before) {
            this.before = before;
        }

        /** Says of {@code thing}, an immutable one, what it said of the same object the last time. */
        void add(Object thing, Supplier<Stream<? extends FeedEntry>> said) {
            @Nullable List<Entry> known = before.get(thing);
            if (known == null) {
                List<Entry> words = new ArrayList<>(1);
                said.get().forEach(one -> words.add(FeedCodec.toWire(one)));
                known = words;
            }
            things.put(thing, known);
        }

        /** What {@code other} says of things that are not here. */
        private Stream<Entry> missing(Words other) {
            return other == this
                    ? Stream.empty()
                    : other.things.entrySet().stream()
                            .filter(one -> !things.containsKey(one.getKey()))
                            .flatMap(one -> one.getValue().stream());
        }

        /** Of what there is little of. */
        void add(FeedEntry said) {
            few.put(said.key(), FeedCodec.toWire(said));
        }
    }
}
