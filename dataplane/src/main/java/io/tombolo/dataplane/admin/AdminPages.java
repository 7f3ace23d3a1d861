package io.tombolo.dataplane.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The pages of one program, by method and path such as {@code GET /metrics}. Filled before the listener starts. */
public final class AdminPages {
    private final Map<String, Page> pages = new LinkedHashMap<>();

    private final Map<String, Function<Map<String, String>, AdminFeed>> streams = new LinkedHashMap<>();

    /** @param apart made on a thread of its own, because it takes a while */
    record Page(boolean open, boolean apart, Supplier<AdminAnswer> answer) {}

    /** A page for everybody on this machine: it must tell nothing but a state. */
    public AdminPages open(String methodAndPath, Supplier<AdminAnswer> answer) {
        pages.put(methodAndPath, new Page(true, false, answer));
        return this;
    }

    /** A page that needs the token. */
    public AdminPages guarded(String methodAndPath, Supplier<AdminAnswer> answer) {
        pages.put(methodAndPath, new Page(false, false, answer));
        return this;
    }

    /** A page that needs the token, and is too long to be made on a loop that traffic waits for. */
    public AdminPages apart(String methodAndPath, Supplier<AdminAnswer> answer) {
        pages.put(methodAndPath, new Page(false, true, answer));
        return this;
    }

    /**
     * A page that goes on, and needs the token.
     * @param feed gets the query's parameters; what it throws is answered instead
     */
    public AdminPages streamed(String methodAndPath, Function<Map<String, String>, AdminFeed> feed) {
        streams.put(methodAndPath, feed);
        return this;
    }

    Optional<Function<Map<String, String>, AdminFeed>> findStream(String methodAndPath) {
        return Optional.ofNullable(streams.get(methodAndPath));
    }

    Optional<Page> find(String methodAndPath) {
        return Optional.ofNullable(pages.get(methodAndPath));
    }
}
