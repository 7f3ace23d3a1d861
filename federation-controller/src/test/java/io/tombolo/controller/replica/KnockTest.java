package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnockTest {
    @Test
    void aPortIsRefusedOnceNothingListensThere() throws IOException {
        HostPort address;
        try (var listens = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = new HostPort("127.0.0.1", listens.getLocalPort());
            assertThat(Knock.isRefused(address)).isFalse();
        }
        assertThat(Knock.isRefused(address)).isTrue();
    }

    /** A program that has no time to take connections is not gone, as a host that says nothing may not be. */
    @Test
    void whoDoesNotAnswerIsNotKnownToBeGone() throws IOException {
        try (var listens = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket();
                var second = new Socket()) {
            // Given a listener whose queue is full
            for (Socket waiting : List.of(first, second)) {
                waiting.connect(listens.getLocalSocketAddress());
            }
            // Then
            assertThat(Knock.isRefused(new HostPort("127.0.0.1", listens.getLocalPort())))
                    .isFalse();
        }
    }
}
