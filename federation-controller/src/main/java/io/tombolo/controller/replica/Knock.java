package io.tombolo.controller.replica;

import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Whether anybody listens at an address. A host that refuses at once is alive and its program is not; one that says nothing may be lost, or
 * only far away.
 */
final class Knock {
    private static final int PATIENCE_MILLIS = 500;

    private Knock() {}

    /** Blocks for half a second at most. @return false also where it cannot be known */
    static boolean isRefused(HostPort address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException unknown) {
            return false;
        }
    }
}
