package io.tombolo.cli.program;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The keys that a command line sets; what the user left out is left out, so the program's own default holds. */
public final class Settings {
    private final String prefix;
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @param prefix of every key, with its dot, or empty */
    public Settings(String prefix) {
        this.prefix = prefix;
    }

    /** Sets a key unless {@code value} is empty. */
    public Settings put(String key, Object value) {
        String text = value.toString();
        if (!text.isEmpty()) {
            values.put(prefix + key, text);
        }
        return this;
    }

    /** Sets a key if {@code holds}. */
    public Settings flag(String key, boolean holds) {
        return holds ? put(key, "true") : this;
    }

    /** Sets a key that has no prefix. */
    Settings absolute(String key, Object value) {
        values.put(key, value.toString());
        return this;
    }

    /** Takes keys as a user wrote them with {@code --set key=value}. */
    public Settings putAll(Map<String, String> given) {
        given.forEach(this::put);
        return this;
    }

    void each(BiConsumer<String, String> taker) {
        values.forEach(taker);
    }
}
