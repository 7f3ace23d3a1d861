package io.tombolo.model.setting;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one configuration, so that the user hears all of it at once. */
public final class Problems {
    private final String subject;
    private final List<String> found = new ArrayList<>();

    /** @param subject what is configured, such as {@code gateway} */
    public Problems(String subject) {
        this.subject = subject;
    }

    /**
     * Adds one.
     * @param key      as written
     * @param value    as written; never a secret
     * @param source   where it was read: a file, {@code env}, {@code arguments}
     * @param expected what would be right
     */
    public Problems add(String key, Object value, String source, String expected) {
        found.add(key + " = " + value + " (from " + source + "): " + expected);
        return this;
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What was found, in the order found. */
    public List<String> list() {
        return List.copyOf(found);
    }

    /** @throws TomboloException {@link Fault#BAD_SETTING} with all problems, one a line, if there is any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw refusal(subject, found);
        }
    }

    /** {@link Fault#BAD_SETTING} with all of {@code problems}, one a line. */
    public static TomboloException refusal(String subject, List<String> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return new TomboloException(
                Fault.BAD_SETTING,
                subject + " cannot start",
                count + " in its configuration:\n  " + String.join("\n  ", problems) + "\n",
                "");
    }
}
