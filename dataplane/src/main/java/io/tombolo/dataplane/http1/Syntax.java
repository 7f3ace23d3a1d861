package io.tombolo.dataplane.http1;

/** Character classes of RFC 9110 §5.6 and RFC 3986. */
final class Syntax {
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    private static final boolean[] HOST = table("-._~!$&'()*+,;=%");

    private Syntax() {}

    static boolean isTokenByte(byte b) {
        return b >= 0 && TOKEN[b];
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c < 128 && TOKEN[c]);
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
