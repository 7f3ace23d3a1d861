package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are handed on, and those whose other side went without a word. */
class ForwarderTest {
    private static final String PLACE = Places.PROXIES;

    private ServerSocket leader;
    private InetSocketAddress here;
    private Forwarder forwarder;

    @BeforeEach
    void begin() throws IOException {
        leader = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        leader.setSoTimeout(5_000);
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            here = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
        }
        forwarder = new Forwarder(Map.of(PLACE, here), 1);
        forwarder.to(Map.of(PLACE, new HostPort("127.0.0.1", leader.getLocalPort())));
    }

    @AfterEach
    void end() throws IOException {
        forwarder.close();
        leader.close();
    }

    @Test
    void whatIsSaidGoesThereAndBack() throws IOException {
        try (var client = connects();
                var server = leader.accept()) {
            say(client, "hello");
            assertThat(hears(server, 5)).isEqualTo("hello");
            say(server, "you too");
            assertThat(hears(client, 7)).isEqualTo("you too");
        }
    }

    /** A stranger whom the leader let go, and who stays: its place would be nobody's for ever. */
    @Test
    void whomTheLeaderLetGoKeepsNoPlace() throws IOException {
        try (var stays = connects()) {
            leader.accept().close();
            assertThat(stays.getInputStream().read()).isEqualTo(-1);
            assertThat(isServedWithin(10)).isTrue();
        }
    }

    /** Tries until a connection is handed on. */
    private boolean isServedWithin(int seconds) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        leader.setSoTimeout(200);
        while (System.nanoTime() < end) {
            try (var next = connects();
                    var server = leader.accept()) {
                say(next, "x");
                return hears(server, 1).equals("x");
            } catch (java.net.SocketTimeoutException notYet) {
                continue;
            }
        }
        return false;
    }

    private Socket connects() throws IOException {
        var made = new Socket(here.getAddress(), here.getPort());
        made.setSoTimeout(5_000);
        return made;
    }

    private static void say(Socket to, String what) throws IOException {
        to.getOutputStream().write(what.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hears(Socket from, int bytes) throws IOException {
        return new String(from.getInputStream().readNBytes(bytes), StandardCharsets.US_ASCII);
    }
}
