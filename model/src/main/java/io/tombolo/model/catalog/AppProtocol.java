package io.tombolo.model.catalog;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Locale;

/** What an application speaks on a port; declared, never guessed. */
public enum AppProtocol {
    TCP,
    HTTP,
    H2C,
    GRPC;

    /** Reads the name as users write it; empty means TCP. */
    public static AppProtocol parse(String text) {
        for (AppProtocol protocol : values()) {
            if (protocol.text().equals(text)) {
                return protocol;
            }
        }
        if (text.isEmpty()) {
            return TCP;
        }
        throw new TomboloException(
                Fault.BAD_RESOURCE, "appProtocol '" + text + "'", "is not known", "use tcp, http, h2c or grpc");
    }

    /** Whether requests and answers can be told apart in it. */
    public boolean isHttp() {
        return this != TCP;
    }

    /** Lower case, as in YAML and on the wire. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
