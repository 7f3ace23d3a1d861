package io.tombolo.dataplane.exchange;

import io.tombolo.model.name.Alpn;
import java.io.IOException;

/** A member of the mesh, with a valid identity, that attacks another one's sidecar. */
class Http2AttackOnInboundTest extends Http2Attacks {
    Http2AttackOnInboundTest() throws IOException {}

    @Override
    Door open() {
        TestSidecar server = mesh.inEast(1, app.port());
        mesh.push();
        BareTls member = started(BareTls.caller(mesh, mesh.east, "web", server, Alpn.H2));
        return new Door(member.port(), server.metrics);
    }
}
