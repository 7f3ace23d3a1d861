package io.tombolo.kafka.broker;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Gives an empty data directory its cluster id and first metadata, once. */
final class StorageFormat {
    private StorageFormat() {}

    /**
     * Formats {@code data} unless that was done; a run that was killed half-way is simply done again.
     * @throws TomboloException {@link Fault#BACKBONE_FORMAT_FAILED}
     */
    static void ensure(Path data) {
        try {
            Files.createDirectories(data);
            if (!Files.exists(data.resolve("meta.properties"))) {
                format(data);
            }
        } catch (Exception e) { // Formatter.run declares Exception
            throw new TomboloException(
                    Fault.BACKBONE_FORMAT_FAILED,
                    "data directory " + data,
                    "could not be formatted: " + e.getMessage(),
                    "check that its disk is writable and has room",
                    e);
        }
    }

    private static void format(Path data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerProperties.NODE)
                .setControllerListenerName(BrokerProperties.CONTROLLER)
                .setMetadataLogDirectory(data.toString())
                .addDirectory(data.toString())
                .setIgnoreFormatted(true)
                .run();
    }
}
