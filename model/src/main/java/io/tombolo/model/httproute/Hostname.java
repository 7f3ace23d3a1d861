package io.tombolo.model.httproute;

import io.tombolo.model.name.Rfc1123;

/** A host name of labels (RFC 1123), lower case, no wildcard, at most 253 characters. */
final class Hostname {
    private static final int MOST = 253;

    private Hostname() {}

    static String check(String text) {
        boolean sound = text.length() <= MOST && !text.endsWith(".");
        for (String label : text.split("\\.", -1)) {
            sound &= Rfc1123.isLabel(label);
        }
        if (!sound) {
            throw RouteSyntax.bad("hostname", text, "write it in lower case, without port and final dot");
        }
        return text;
    }
}
