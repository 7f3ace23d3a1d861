package io.tombolo.injection;

import io.tombolo.model.catalog.AppProtocol;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a port of a Service speaks, in our words: http, h2c, grpc or tcp (KEP-3726). */
public final class SpokenProtocol {
    /** Our words. */
    static final Set<String> KNOWN =
            Arrays.stream(AppProtocol.values()).map(AppProtocol::text).collect(Collectors.toUnmodifiableSet());

    private SpokenProtocol() {}

    /**
     * What is not known is carried as it is.
     * @param appProtocol of the port
     * @param portName    such as {@code http-admin}: where appProtocol is not said its beginning counts
     */
    public static String of(Optional<String> appProtocol, Optional<String> portName) {
        if (appProtocol.isPresent()) {
            return switch (appProtocol.get()) {
                case "http", "kubernetes.io/ws" -> "http";
                case "kubernetes.io/h2c" -> "h2c";
                case "grpc" -> "grpc";
                default -> "tcp";
            };
        }
        return portName.map(name -> name.split("-", 2)[0])
                .filter(KNOWN::contains)
                .orElse("tcp");
    }
}
