package io.tombolo.dataplane.http1;

/** The grammar of a request's method (RFC 9110 §9.1). */
public final class Method {
    private static final int LONGEST = 32;

    private Method() {}

    /** Whether it is a token of at most 32 characters. */
    public static boolean isToken(String method) {
        return method.length() <= LONGEST && Syntax.isToken(method);
    }
}
