package io.tombolo.controller.identity;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One value in one verified file: what is read is what was written, or nothing. Fields that a later version added are
 * ignored. Safe from any thread but event loops; calls for one file must be ordered by the caller.
 */
public final class JsonState<T> {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path path;
    private final StateFile file;
    private final Class<T> type;

    /** @param kind 4 characters that name the kind of file */
    public JsonState(Path path, String kind, Class<T> type) {
        this.path = path;
        this.file = new StateFile(path, new FileKind(kind, 1));
        this.type = type;
    }

    /**
     * The value; empty if there is no file.
     * @throws TomboloException FILE_DAMAGED after setting the file aside: who starts again without it has decided to
     */
    public Optional<T> read() {
        return switch (file.read()) {
            case StateRead.Absent _ -> Optional.empty();
            case StateRead.Present present -> Optional.of(parse(present.payload()));
            case StateRead.Damaged damaged -> throw damaged.report();
        };
    }

    private T parse(byte[] payload) {
        try {
            return JSON.readValue(payload, type);
        } catch (IOException damaged) {
            throw new TomboloException(
                    Fault.FILE_DAMAGED, "file " + path, "holds another kind of value", "restore a backup", damaged);
        }
    }

    /** Replaces the value; fsynced when it returns. */
    public void write(T value) {
        try {
            file.write(JSON.writeValueAsBytes(value));
        } catch (IOException impossible) {
            throw new TomboloException(Fault.INTERNAL, "file " + path, "cannot be written", "report this", impossible);
        }
    }

    /** Deletes the file; the deletion is fsynced when it returns. */
    public void delete() {
        file.delete();
    }
}
