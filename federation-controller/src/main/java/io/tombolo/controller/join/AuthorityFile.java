package io.tombolo.controller.join;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import java.nio.file.Path;
import java.util.Optional;

/** How this authority administers Kafka. */
final class AuthorityFile {
    /**
     * What is kept.
     * @param backboneFile connection file, read again for every use
     * @param manualAcls   topics and ACLs are made by an administrator
     */
    record Form(String backboneFile, boolean manualAcls) {}

    private final JsonState<Form> file;

    AuthorityFile(StateDirectory state) {
        this.file = new JsonState<>(state.file("authority.state"), "AUTH", Form.class);
    }

    Optional<Form> read() {
        return file.read();
    }

    void write(Path backboneFile, boolean manualAcls) {
        file.write(new Form(backboneFile.toAbsolutePath().toString(), manualAcls));
    }
}
