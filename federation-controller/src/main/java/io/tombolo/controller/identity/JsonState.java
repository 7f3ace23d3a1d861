package io.tombolo.controller.identity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.key.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One value in one verified file: what is read is what was written, or nothing. Fields that a later version added are
 * ignored. Safe from any thread but event loops; calls for one file must be ordered by the caller.
 */
public final class JsonState<T> {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    private final String kind;
    private final Class<T> type;

    /** @param kind 4 characters that name the kind of file */
    public JsonState(Path file, String kind, Class<T> type) {
        this.file = file;
        this.kind = kind;
        this.type = type;
    }

    /** The value; empty if there is no file. */
    public Optional<T> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(SecretFile.read(file), type));
        } catch (IOException damaged) {
            throw new TomboloException(
                    Fault.FILE_DAMAGED, "file " + file, "is no " + kind + " file", "restore it from a backup", damaged);
        }
    }

    /** Replaces the value; fsynced when it returns. */
    public void write(T value) {
        try {
            SecretFile.write(file, JSON.writeValueAsBytes(value));
        } catch (IOException impossible) {
            throw new TomboloException(Fault.INTERNAL, "file " + file, "cannot be written", "report this", impossible);
        }
    }

    /** Deletes the file; the deletion is fsynced when it returns. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
            @Nullable Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        } catch (IOException failed) {
            throw new TomboloException(
                    Fault.STORE_FAILED, "file " + file, "cannot be deleted", "check the directory's owner", failed);
        }
    }
}
