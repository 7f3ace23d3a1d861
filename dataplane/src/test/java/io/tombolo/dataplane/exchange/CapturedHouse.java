package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.capture.LocalListener;
import io.tombolo.dataplane.capture.VipRange;
import io.tombolo.dataplane.capture.Vips;
import io.tombolo.dataplane.capture.VirtualAddresses;
import io.tombolo.dataplane.dns.DnsLimits;
import io.tombolo.dataplane.dns.DnsPort;
import io.tombolo.dataplane.dns.OwnNames;
import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.Callee;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A program for a network namespace: a mesh of two clusters with one service, and a sidecar that takes redirected connections;
 * or, when told {@code names}, one that listens on the addresses that it gives out by name. Both answer names on port 53. Says {@code ready}, then the value of each counter that a line of its input names, and ends with its input.
 */
final class CapturedHouse {
    static final int PORT = 15_002;
    static final String DNS_OF_REDIRECTED = "127.0.0.53";
    static final String DNS_OF_NAMES = "127.0.0.54";

    /** Stand for one instance each, one that is there and one that is not. */
    static final String OF_ONE = "10.96.0.11";

    static final String OF_ONE_THAT_IS_GONE = "10.96.0.12";

    private CapturedHouse() {}

    public static void main(String... args) throws IOException {
        try (var mesh = new Mesh();
                RawApp web = RawApp.start(CapturedHouse::web);
                RawApp lines = RawApp.start(OutsideServer::greeting)) {
            mesh.tcpAppPort = lines.port();
            TestSidecar caller = mesh.sidecar(mesh.east, "client", 0, 0);
            TestSidecar server = mesh.inWest(1, web.port());
            mesh.westGateways.put(Mesh.instance(90), BlindGateway.to(server).address());
            mesh.push();
            boolean byNameOnly = args.length > 0;
            Vips vips = vips(caller, byNameOnly);
            if (!byNameOnly) {
                redirected(caller, services(caller).or(ones(mesh)).or(vips));
            }
            answerNames(caller, byNameOnly ? DNS_OF_NAMES : DNS_OF_REDIRECTED, vips);
            System.out.println("ready");
            var questions = new BufferedReader(new InputStreamReader(System.in));
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                System.out.println(caller.counted(line));
            }
        }
        System.exit(0);
    }

    private static void redirected(TestSidecar caller, VirtualAddresses services) {
        Transparent transparent = caller.transparent(services);
        for (String loopback : Set.of("127.0.0.1", "::1")) {
            LocalListener.bind(
                    caller.loops,
                    new InetSocketAddress(InetAddress.ofLiteral(loopback), PORT),
                    false,
                    100,
                    caller.metrics,
                    transparent::accept);
        }
    }

    private static Vips vips(TestSidecar caller, boolean bind) {
        var range = new VipRange(AddressRange.parse(bind ? "127.64.4.0/22" : "127.64.8.0/22"));
        return new Vips(
                caller.loops,
                new Vips.Settings(range, bind, List.of(), 10, 100),
                caller.metrics,
                caller.capture::bound);
    }

    private static void answerNames(TestSidecar caller, String address, Vips vips) {
        DnsPort.open(
                caller.loops,
                new InetSocketAddress(InetAddress.ofLiteral(address), 53),
                false,
                new OwnNames(
                        caller.current,
                        (callee, ports) -> vips.require(
                                callee, ports.stream().map(ExportedPort::port).toList()),
                        InstantSource.system()),
                DnsLimits.DEFAULT,
                caller.metrics);
    }

    /** As the feed says, which a cluster on Kubernetes fills with the addresses that it gives. */
    private static VirtualAddresses services(TestSidecar caller) {
        return address -> caller.current.get().serviceAt(address).map(Callee.Anyone::new);
    }

    private static VirtualAddresses ones(Mesh mesh) {
        Map<InetAddress, Callee> ones = Map.of(
                InetAddress.ofLiteral(OF_ONE), new Callee.One(Mesh.CHECKOUT, mesh.west.id(), Mesh.instance(1)),
                InetAddress.ofLiteral(OF_ONE_THAT_IS_GONE),
                        new Callee.One(Mesh.CHECKOUT, mesh.west.id(), Mesh.instance(9)));
        return address -> Optional.ofNullable(ones.get(address));
    }

    private static void web(InputStream in, OutputStream out, Socket socket) throws IOException {
        String head = RawApp.head(in);
        out.write(RawApp.ok("Host " + head.replaceAll("(?s).*\\r\\n[Hh]ost: ([^\\r]*).*", "$1"))
                .getBytes());
    }
}
