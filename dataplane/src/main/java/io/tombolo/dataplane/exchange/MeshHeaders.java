package io.tombolo.dataplane.exchange;

import io.netty.handler.codec.http.HttpHeaders;

/** Headers that only sidecars write. */
final class MeshHeaders {
    /** Tells the application who calls: a verified SPIFFE id. */
    static final String CALLER = "tombolo-caller";

    /** How many sidecars handed the request to an application before: an application that passes it on lets us count. */
    static final String HOPS = "tombolo-hops";

    private static final int MOST_HOPS = 1_000;
    private static final String PREFIX = "tombolo-";

    private MeshHeaders() {}

    /** 0 if nothing sensible is said. */
    static int hops(HttpHeaders headers) {
        String said = headers.get(HOPS, "0");
        boolean number = !said.isEmpty() && said.length() <= 4 && said.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Math.min(MOST_HOPS, Integer.parseInt(said)) : 0;
    }

    /** Takes out whatever is theirs: nobody else may speak so, nor needs to hear it. */
    static void strip(HttpHeaders headers) {
        for (String name : headers.names()) {
            if (name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                headers.remove(name);
            }
        }
    }
}
