package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.dataplane.delegation.Delegations;
import io.tombolo.dataplane.fixture.TestCluster;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.delegation.Challenge;
import io.tombolo.model.delegation.Delegation;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.trustbundle.svid.Svid;
import io.tombolo.wire.codec.DelegationCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.net.ssl.SSLSocket;

/** A connection to somebody who challenges, by hand: as a gateway to a sidecar, or as a caller to a gateway. */
final class Spoken implements AutoCloseable {
    static final String REQUEST = "GET / HTTP/1.1\r\nHost: checkout.shop\r\nConnection: close\r\n\r\n";
    private static final int PREFACE = 0x544d4244;

    final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private Spoken(SSLSocket socket) throws IOException {
        this.socket = socket;
        socket.startHandshake();
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static Spoken with(Svid as, HostPort to, Sni name, Alpn alpn) throws Exception {
        return new Spoken(Intruder.connects(as, to, name.toString(), alpn.protocol()));
    }

    Challenge challenge() throws IOException {
        assertThat(in.readInt()).isEqualTo(PREFACE);
        assertThat(in.readUnsignedShort()).isEqualTo(0x0101);
        return DelegationCodec.challenge(in.readNBytes(in.readUnsignedShort()));
    }

    void delegates(byte[] message) throws IOException {
        out.writeInt(PREFACE);
        out.writeShort(0x0102);
        out.writeShort(message.length);
        out.write(message);
        out.flush();
    }

    void says(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** What is still said until the connection's end; empty if it was just cut. */
    String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException cut) {
            return "";
        }
    }

    static Sni.Service name(ServicePort port, TestCluster cluster) {
        return Sni.Service.any(port, cluster.id(), TestCluster.FEDERATION);
    }

    /** What {@code caller} would say to a gateway of west. */
    static byte[] word(Svid caller, Svid gateway, InstanceId process, ServicePort port, TestCluster in, Challenge to) {
        return word(caller, gateway, process, port, in, to, Instant.now().plus(Delegation.USUAL));
    }

    static byte[] word(
            Svid caller,
            Svid gateway,
            InstanceId process,
            ServicePort port,
            TestCluster in,
            Challenge to,
            Instant until) {
        return Delegations.sign(
                caller, new Delegation(gateway.id(), process, name(port, in), to, Alpn.HTTP_1_1, until));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
