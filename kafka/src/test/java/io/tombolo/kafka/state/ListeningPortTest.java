package io.tombolo.kafka.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.kafka.setting.BrokerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningPortTest {
    @TempDir
    Path dir;

    private StateDirectory state;
    private ServerSocket other;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void anotherProcessHoldsAPort() throws IOException {
        state = StateDirectory.take(dir);
        other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void letGo() throws IOException {
        other.close();
        state.close();
    }

    @Test
    void aTakenPortIsNamedAndAnotherOneUsed() {
        // When
        int chosen = ListeningPort.choose(on(other.getLocalPort(), false), state, said::add);
        // Then
        assertThat(chosen).isGreaterThan(other.getLocalPort());
        assertThat(said).singleElement().asString().contains("listen.port " + other.getLocalPort(), "" + chosen);
    }

    @Test
    void aStrictPortIsThatOneOrNone() {
        assertThatThrownBy(() -> ListeningPort.choose(on(other.getLocalPort(), true), state, said::add))
                .hasMessageContaining("TB-1009")
                .hasMessageContaining("" + other.getLocalPort());
    }

    /** One that an outgoing connection has meanwhile would keep the broker from coming back. */
    @Test
    void anyPortIsNoneOfThoseThatOutgoingConnectionsGet() {
        assertThat(ListeningPort.choose(on(0, false), state, said::add)).isBetween(20_000, 31_999);
        assertThat(said).isEmpty();
    }

    @Test
    void aRestartUsesThePortThatItsClientsKnow() throws IOException {
        // Given
        int first = ListeningPort.choose(on(0, false), state, said::add);
        ListeningPort.remember(on(0, false), state, first);
        // When, then
        assertThat(ListeningPort.choose(on(0, false), state, said::add)).isEqualTo(first);
    }

    @Test
    void aRestartNeverMovesAwayFromItsClientsByItself() throws IOException {
        ListeningPort.remember(on(0, false), state, other.getLocalPort());
        assertThatThrownBy(() -> ListeningPort.choose(on(0, false), state, said::add))
                .hasMessageContaining("the members know this backbone by it");
    }

    private BrokerSettings on(int port, boolean strict) {
        return new BrokerSettings(dir, "127.0.0.1", port, strict, "127.0.0.1");
    }
}
