package io.tombolo.dataplane.trace;

import io.tombolo.model.setting.Setting;
import java.net.URI;
import java.util.Optional;

/**
 * Whether and where spans go.
 * @param endpoint of a collector, such as {@code http://127.0.0.1:4318/v1/traces}; empty = tracing is off
 * @param ratio    share of traces that begin here and are recorded, 0 to 1; what a client decided is not asked again
 * @param queue    spans that may wait to be sent, 64 to 1048576; what is more is dropped and counted
 */
public record TraceSettings(Optional<URI> endpoint, double ratio, int queue) {
    public static final TraceSettings OFF = new TraceSettings(Optional.empty(), 0, 2_048);

    public TraceSettings {
        Setting.check(
                endpoint.filter(uri -> !isHttp(uri)).isEmpty(),
                "trace.endpoint",
                endpoint.map(URI::toString).orElse(""),
                "http:// or https:// and a host, such as http://127.0.0.1:4318/v1/traces");
        Setting.check(ratio >= 0 && ratio <= 1, "trace.ratio", ratio, "0 to 1");
        Setting.check(queue >= 64 && queue <= 1_048_576, "trace.queue", queue, "64 to 1048576");
    }

    private static boolean isHttp(URI uri) {
        boolean scheme = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        return scheme && uri.getHost() != null && uri.getUserInfo() == null;
    }

    /**
     * Reads an endpoint; its path is {@code /v1/traces} if it has none.
     * @param text empty = off
     */
    public static Optional<URI> endpoint(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text.strip());
            boolean bare = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            return Optional.of(bare ? uri.resolve("/v1/traces") : uri);
        } catch (IllegalArgumentException notOne) {
            Setting.check(false, "trace.endpoint", text, "an address such as http://127.0.0.1:4318/v1/traces");
            return Optional.empty();
        }
    }
}
