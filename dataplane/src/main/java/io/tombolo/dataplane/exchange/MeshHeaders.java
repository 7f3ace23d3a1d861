package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaders;

/** Headers that only sidecars write. */
final class MeshHeaders {
    /** Tells the application who calls: a verified SPIFFE id. */
    static final String CALLER = "tombolo-caller";

    private static final String PREFIX = "tombolo-";

    private MeshHeaders() {}

    /** Takes out whatever is theirs: nobody else may speak so, nor needs to hear it. */
    static void strip(HttpHeaders headers) {
        for (String name : headers.names()) {
            if (name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                headers.remove(name);
            }
        }
    }
}
