package io.tombolo.kafka.setting;

import java.nio.file.Path;

/**
 * How one embedded broker runs.
 * @param stateDir       everything that it keeps: log, certificates, chosen port; made when missing, 0700
 * @param listenHost     address to listen on, IPv4 or IPv6 without brackets, or a name
 * @param listenPort     0 = any free port, else 1 to 65535
 * @param strictPort     true: a taken port is an error; false: the next free one is taken, said, and kept from then on
 * @param advertisedHost the name or address under which clients reach it; goes into its certificate
 */
public record BrokerSettings(
        Path stateDir, String listenHost, int listenPort, boolean strictPort, String advertisedHost) {
    /** Default of {@code listen.host}. */
    public static final String DEFAULT_HOST = "127.0.0.1";

    /** Default of {@code listen.port}. */
    public static final int DEFAULT_PORT = 15092;
}
