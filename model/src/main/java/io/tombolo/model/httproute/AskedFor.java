package io.tombolo.model.httproute;

import java.util.Optional;

/** What a request says about itself, as far as routes look at it. */
public interface AskedFor {
    /** As written: {@code GET}. */
    String method();

    /** As written, without the query. */
    String path();

    /** The first value of that parameter, decoded. */
    Optional<String> query(String name);

    /** The value of that header; several are joined by a comma (RFC 9110 §5.3). */
    Optional<String> header(String lowerCaseName);
}
