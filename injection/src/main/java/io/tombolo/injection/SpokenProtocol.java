package io.tombolo.injection;

import java.util.Optional;
import java.util.Set;

/** What a port of a Service speaks, in our words: http, h2c, grpc or tcp (KEP-3726). */
public final class SpokenProtocol {
    private static final Set<String> KNOWN = Set.of("http", "h2c", "grpc", "tcp");

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
