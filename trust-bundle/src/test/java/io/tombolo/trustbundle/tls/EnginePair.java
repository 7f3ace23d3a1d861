package io.tombolo.trustbundle.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines whose bytes are carried from one to the other in memory. */
final class EnginePair {
    private static final int MAX_ROUNDS = 100;

    final SSLEngine client;
    final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    private final ByteBuffer toClient = ByteBuffer.allocate(1 << 17);

    EnginePair(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
    }

    /** Shakes hands; what either side throws is thrown here. Afterwards tickets, if there are any, have arrived. */
    EnginePair shakeHands() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        int idleRounds = 0;
        for (int round = 0; round < MAX_ROUNDS && idleRounds < 3; round++) {
            boolean moved = step(client, toServer, toClient) | step(server, toClient, toServer);
            idleRounds = moved ? 0 : idleRounds + 1;
        }
        return this;
    }

    /** Sends one application byte, which in TLS 1.3 also shows that the server accepted the client. */
    void exchange() throws SSLException {
        send(server, toClient, client);
        send(client, toServer, server);
    }

    private static void send(SSLEngine from, ByteBuffer wire, SSLEngine to) throws SSLException {
        from.wrap(ByteBuffer.wrap(new byte[] {42}), wire);
        ByteBuffer received = ByteBuffer.allocate(1 << 16);
        wire.flip();
        while (wire.hasRemaining()) {
            to.unwrap(wire, received);
        }
        wire.compact();
        if (received.position() != 1 || received.get(0) != 42) {
            throw new AssertionError("the byte did not arrive");
        }
    }

    private static boolean step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        boolean moved = false;
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
            moved = true;
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), out);
            moved |= result.bytesProduced() > 0;
        }
        in.flip();
        if (in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
            SSLEngineResult result = engine.unwrap(in, ByteBuffer.allocate(1 << 16));
            moved |= result.bytesConsumed() > 0;
        }
        in.compact();
        return moved;
    }
}
