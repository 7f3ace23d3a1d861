package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What became of a change that the API server was asked for. */
enum Answer {
    DONE,

    /** The object changed meanwhile, and comes again by itself. */
    OVERTAKEN,

    /** It was asked, and does not do it. */
    REFUSED,

    /** It was not asked: as many changes were asked for as may be in a second. Nothing is wrong. */
    LATER,

    /** It could not be asked, or has no time: nothing is known. */
    UNREACHABLE;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNPROCESSABLE = 422;

    static Answer of(KubernetesClientException failed) {
        if (StatusWriter.overtaken(failed)) {
            return OVERTAKEN;
        }
        return switch (failed.getCode()) {
            case 0,
                    TOO_MANY_REQUESTS,
                    HttpURLConnection.HTTP_BAD_GATEWAY,
                    HttpURLConnection.HTTP_UNAVAILABLE,
                    HttpURLConnection.HTTP_GATEWAY_TIMEOUT -> UNREACHABLE;
            default -> REFUSED;
        };
    }

    /** Whether the object itself cannot be as it is. */
    static boolean isInvalid(KubernetesClientException refused) {
        return refused.getCode() == UNPROCESSABLE;
    }

    /** Whether it was made, is no more to be made, or only waits for its turn. */
    boolean isWell() {
        return this == DONE || this == OVERTAKEN || this == LATER;
    }
}
