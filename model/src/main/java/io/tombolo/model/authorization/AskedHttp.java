package io.tombolo.model.authorization;

import java.util.List;

/** What a request says about itself. Nothing of it is proven. */
public interface AskedHttp {
    /** As written. */
    String method();

    /** As written in the request line or {@code :path}, with its query. */
    String target();

    /** The values of all headers of that name, in their order; empty = there is none. */
    List<String> headers(String lowerCaseName);
}
