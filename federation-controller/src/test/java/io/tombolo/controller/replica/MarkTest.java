package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkTest {
    @TempDir
    private Path state;

    @Test
    void whatWasPutIsThere() {
        assertThat(Mark.of(state)).isEqualTo(Mark.NONE);
        for (Mark mark : List.of(Mark.PART, Mark.FOLLOWED, Mark.LED)) {
            mark.put(state);
            assertThat(Mark.of(state)).isEqualTo(mark);
        }
    }

    /** It is set aside when it is read, and must not be as if it had never been. */
    @Test
    void aDamagedMarkCountsAsTheWorstHoweverOftenItIsRead() throws IOException {
        Mark.LED.put(state);
        Files.writeString(state.resolve(Copied.MARK), "damaged");
        assertThat(Mark.of(state)).isEqualTo(Mark.PART);
        assertThat(Mark.of(state)).isEqualTo(Mark.PART);
    }

    @Test
    void aControllerThatIsAloneGoesOnWithNoFilesOfAnotherOneAndWithNoneThatMayBe() throws IOException {
        Mark.requireOwn(state);
        Mark.LED.put(state);
        Mark.requireOwn(state);
        for (Mark mark : List.of(Mark.FOLLOWED, Mark.PART)) {
            mark.put(state);
            assertRefused();
        }
        Files.writeString(state.resolve(Copied.MARK), "damaged");
        assertRefused();
        assertRefused();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> Mark.requireOwn(state))
                .isInstanceOfSatisfying(
                        TomboloException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.REPLICA_REFUSED));
    }
}
