package io.tombolo.dataplane.http1;

/** Character classes of RFC 9110 §5.6 and RFC 3986. */
public final class Syntax {
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    private static final boolean[] HOST = table("-._~!$&'()*+,;=%");

    private Syntax() {}

    static boolean isTokenByte(byte b) {
        return b >= 0 && TOKEN[b];
    }

    /** A token of RFC 9110 §5.6.2. */
    public static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !TOKEN[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Decimal digits only, at least one. */
    public static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** What a target may consist of: visible, no fragment. */
    public static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Characters of a registered name or an IPv4 address. */
    static boolean isHostChar(int c) {
        return c < 128 && HOST[c];
    }

    private static boolean[] table(String others) {
        boolean[] allowed = new boolean[128];
        for (char c = 0; c < 128; c++) {
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            allowed[c] = alphanumeric || others.indexOf(c) >= 0;
        }
        return allowed;
    }
}
