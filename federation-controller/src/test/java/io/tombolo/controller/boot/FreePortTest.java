package io.tombolo.controller.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void aTakenPortIsReplacedByTheNextFreeOneOnlyWhenAllowed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var wanted = new Settings.Listen("api", "127.0.0.1", taken.getLocalPort());
            assertThat(FreePort.choose(wanted, true).port()).isGreaterThan(taken.getLocalPort());
            assertThatThrownBy(() -> FreePort.choose(wanted, false))
                    .hasMessageStartingWith("TB-1009 PORT_IN_USE controller.api.port");
        }
    }

    @Test
    void aFreePortIsNotGivenOutTwiceBeforeAnybodyListensThere() throws IOException {
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = probe.getLocalPort();
        }
        var wanted = new Settings.Listen("proxies", "127.0.0.1", free);
        assertThat(FreePort.choose(wanted, true).port())
                .isNotEqualTo(FreePort.choose(wanted, true).port());
    }
}
