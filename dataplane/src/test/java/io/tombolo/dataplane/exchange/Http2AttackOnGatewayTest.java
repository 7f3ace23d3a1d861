package io.tombolo.dataplane.exchange;

import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Alpn;
import java.io.IOException;

/** The same member at another cluster's gateway, in front of a workload without a sidecar. */
class Http2AttackOnGatewayTest extends Http2Attacks {
    Http2AttackOnGatewayTest() throws IOException {}

    @Override
    Door open() {
        mesh.westMode = ExportMode.TERMINATE;
        mesh.westEndpoints.put(Mesh.instance(1), new HostPort("127.0.0.1", app.port()));
        TestGateway gateway = mesh.gateway(90);
        mesh.push();
        BareTls member = started(BareTls.throughGateway(mesh, mesh.east, "web", gateway, Alpn.H2));
        return new Door(member.port(), gateway.metrics);
    }
}
