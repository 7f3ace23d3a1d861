package io.tombolo.dataplane.http1;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;

/** What the way in makes of a request before anything else sees it. */
@FunctionalInterface
public interface RequestRule {
    /** Leaves requests as they are. */
    RequestRule NONE = request -> Optional.empty();

    /** May change the request; says what is wrong with it, if anything. */
    Optional<HttpFlaw> apply(HttpRequest request);
}
