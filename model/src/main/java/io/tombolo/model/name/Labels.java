package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a cluster says of itself, such as {@code residency=eu}; the syntax of labels in Kubernetes. */
public final class Labels {
    /** Most labels of one cluster. */
    public static final int MOST = 16;

    private static final int MAX_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private Labels() {}

    /**
     * Checks them all.
     * @return them, in no order
     * @throws TomboloException {@link Fault#BAD_NAME} naming the first that is none, by its key
     */
    public static Map<String, String> require(Map<String, String> labels) {
        if (labels.size() > MOST) {
            throw bad(labels.size() + " labels", "are too many", "use at most " + MOST);
        }
        new TreeMap<>(labels).forEach(Labels::require);
        return Map.copyOf(labels);
    }

    /** Whether it is one, whoever says it. */
    public static boolean isLabel(String key, String value) {
        return isKey(key) && isValue(value);
    }

    private static boolean isKey(String key) {
        int slash = key.indexOf('/');
        return (slash < 0 || isPrefix(key.substring(0, slash)))
                && NAME.matcher(key.substring(slash + 1)).matches();
    }

    private static boolean isValue(String value) {
        return value.isEmpty() || NAME.matcher(value).matches();
    }

    private static void require(String key, String value) {
        if (!isKey(key)) {
            throw bad(
                    "label '" + Rfc1123.printable(key) + "'",
                    "is no key",
                    "use 1 to 63 letters, digits, '.', '_' and '-', after at most one DNS name and '/'");
        }
        if (!isValue(value)) {
            throw bad(
                    "label " + key + " = '" + Rfc1123.printable(value) + "'",
                    "is no value",
                    "use at most 63 letters, digits, '.', '_' and '-', beginning and ending with a letter or digit");
        }
    }

    private static boolean isPrefix(String text) {
        return text.length() <= MAX_PREFIX && PREFIX.matcher(text).matches();
    }

    private static TomboloException bad(String where, String what, String fix) {
        return new TomboloException(Fault.BAD_NAME, where, what, fix);
    }
}
