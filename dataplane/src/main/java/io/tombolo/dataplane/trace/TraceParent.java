package io.tombolo.dataplane.trace;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What {@code traceparent} says (W3C Trace Context §3.2).
 * @param traceId 32 lower-case hexadecimal digits, not all 0
 * @param spanId  16 of them, not all 0
 * @param flags   0 to 255; those that nobody knows yet are passed on as 0
 */
public record TraceParent(String traceId, String spanId, int flags) {
    /** The header's name. */
    public static final String NAME = "traceparent";

    /** Of what belongs to it; passed on as it is, and dropped where a trace begins anew. */
    public static final String STATE_NAME = "tracestate";

    static final int SAMPLED = 1;

    private static final int LENGTH = 55;
    private static final int TRACE_AT = 3;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;

    /** Empty if it is none: then a trace begins here. A later version is read as far as this one goes. */
    public static Optional<TraceParent> parse(String text) {
        return isOne(text)
                ? Optional.of(new TraceParent(
                        text.substring(TRACE_AT, SPAN_AT - 1),
                        text.substring(SPAN_AT, FLAGS_AT - 1),
                        Integer.parseInt(text, FLAGS_AT, LENGTH, 16) & SAMPLED))
                : Optional.empty();
    }

    private static boolean isOne(String text) {
        return text.length() >= LENGTH
                && isHex(text, 0, 2)
                && !text.startsWith("ff")
                && (text.length() == LENGTH || !text.startsWith("00") && text.charAt(LENGTH) == '-')
                && text.charAt(2) == '-'
                && isId(text, TRACE_AT, SPAN_AT - 1)
                && text.charAt(SPAN_AT - 1) == '-'
                && isId(text, SPAN_AT, FLAGS_AT - 1)
                && text.charAt(FLAGS_AT - 1) == '-'
                && isHex(text, FLAGS_AT, LENGTH);
    }

    private static boolean isId(String text, int from, int to) {
        boolean any = false;
        for (int i = from; i < to; i++) {
            any |= text.charAt(i) != '0';
        }
        return any && isHex(text, from, to);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The beginning of a trace. Ids must differ, not be secret. */
    static TraceParent begin(boolean sampled) {
        String traceId = hex(random()) + hex(random());
        return new TraceParent(traceId, hex(random()), sampled ? SAMPLED : 0);
    }

    /** The same trace, with a span that is a child of this one. */
    TraceParent child() {
        return new TraceParent(traceId, hex(random()), flags);
    }

    boolean isSampled() {
        return (flags & SAMPLED) != 0;
    }

    private static long random() {
        long random = ThreadLocalRandom.current().nextLong();
        return random == 0 ? 1 : random;
    }

    private static String hex(long bits) {
        String digits = Long.toHexString(bits);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /** The header's value. */
    public String text() {
        return "00-" + traceId + "-" + spanId + (isSampled() ? "-01" : "-00");
    }
}
