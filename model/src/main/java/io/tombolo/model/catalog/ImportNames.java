package io.tombolo.model.catalog;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of services, as one text: a mesh has many more of them than one workload calls, so each costs its own length only.
 * @param bucket the first byte of each name's SHA-256; 0 to 255
 * @param lines  {@code namespace/name} in ascending order, each followed by a line feed; at least one
 */
public record ImportNames(int bucket, String lines) {
    /** How many buckets there are. */
    public static final int BUCKETS = 256;

    private static final char END = '\n';

    public ImportNames {
        if (bucket < 0 || bucket >= BUCKETS || lines.isEmpty() || lines.charAt(lines.length() - 1) != END) {
            throw malformed(bucket, "it has no such bucket, no names, or a line without an end");
        }
        String before = "";
        for (String line : lines.substring(0, lines.length() - 1).split("" + END, -1)) {
            if (line.compareTo(before) <= 0 || bucket(parsed(bucket, line)) != bucket) {
                throw malformed(bucket, "'" + printable(line) + "' does not belong there");
            }
            before = line;
        }
    }

    /** All buckets that {@code names} fill, by number. */
    public static List<ImportNames> of(Collection<ServiceName> names) {
        Map<Integer, StringBuilder> texts = new TreeMap<>();
        names.stream()
                .distinct()
                .sorted(Comparator.comparing(ServiceName::toString))
                .forEach(name -> texts.computeIfAbsent(bucket(name), bucket -> new StringBuilder())
                        .append(name)
                        .append(END));
        var buckets = new ArrayList<ImportNames>(texts.size());
        texts.forEach((bucket, text) -> buckets.add(new ImportNames(bucket, text.toString())));
        return buckets;
    }

    /** Where a name would be. */
    public static int bucket(ServiceName name) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(name.toString().getBytes(StandardCharsets.UTF_8));
            return Byte.toUnsignedInt(hash[0]);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Whether {@code name} is among them; O(length of the text). */
    public boolean contains(ServiceName name) {
        String line = name.toString() + END;
        return lines.startsWith(line) || lines.contains(END + line);
    }

    /** How many they are. */
    public int count() {
        return (int) lines.chars().filter(c -> c == END).count();
    }

    /** Whether a service of that namespace is among them. */
    public boolean hasNamespace(String namespace) {
        String begin = namespace + "/";
        return lines.startsWith(begin) || lines.contains(END + begin);
    }

    private static ServiceName parsed(int bucket, String line) {
        int slash = line.indexOf('/');
        if (slash < 0) {
            throw malformed(bucket, "'" + printable(line) + "' is no namespace/name");
        }
        return new ServiceName(line.substring(0, slash), line.substring(slash + 1));
    }

    private static String printable(String text) {
        var shown = new StringBuilder();
        text.chars().limit(80).forEach(c -> shown.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        return shown.toString();
    }

    private static TomboloException malformed(int bucket, String what) {
        return new TomboloException(Fault.MALFORMED_RECORD, "names in bucket " + bucket, what, "");
    }
}
