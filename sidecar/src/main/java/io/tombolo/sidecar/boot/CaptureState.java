package io.tombolo.sidecar.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.dataplane.capture.Vip;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.sidecar.boot.Settings.LocalPort;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code GET /capture} shows: each way in which calls can get into this sidecar, whether it is live, and if not, why.
 * @param proxy      where the proxy listens
 * @param hasProgram somebody has its credential
 * @param bound      local ports that stand for services
 * @param dns        where names are asked for; empty = they are not answered
 * @param vips       addresses that were given out, or could not be
 * @param transparent where redirected connections come in; none = they are not taken
 * @param redirected connections that came in there
 */
record CaptureState(
        InetSocketAddress proxy,
        boolean hasProgram,
        List<LocalPort> bound,
        Optional<InetSocketAddress> dns,
        List<Vip> vips,
        List<InetSocketAddress> transparent,
        long redirected) {
    private static final ObjectMapper JSON = new ObjectMapper();

    CaptureState {
        bound = List.copyOf(bound);
        vips = List.copyOf(vips);
        transparent = List.copyOf(transparent);
    }

    String json() {
        ObjectNode state = JSON.createObjectNode();
        ArrayNode rungs = state.putArray("rungs");
        rung(rungs, 1, "proxy", hasProgram, whyNoProxy()).add(text(proxy));
        ArrayNode ports = rung(rungs, 2, "local-ports", !bound.isEmpty(), whyNoPorts());
        bound.forEach(port -> ports.add(port.service() + "=" + text(port.address())));
        ArrayNode addresses = rung(rungs, 3, "vip-dns", vips.stream().anyMatch(CaptureState::isGivenOut), whyNoNames());
        dns.ifPresent(address -> addresses.add("dns=" + text(address)));
        vips.forEach(vip -> addresses.add(vip.callee() + "=" + vip.address().getHostAddress()));
        ArrayNode listeners = rung(rungs, 4, "transparent", redirected > 0, whyNotTransparent());
        transparent.forEach(address -> listeners.add(text(address)));
        state.put("live", live());
        return state.toString();
    }

    private String live() {
        if (redirected > 0) {
            return "transparent";
        }
        if (vips.stream().anyMatch(CaptureState::isGivenOut)) {
            return "vip-dns";
        }
        if (!bound.isEmpty()) {
            return "local-ports";
        }
        return hasProgram ? "proxy" : "none";
    }

    private String whyNoProxy() {
        return hasProgram
                ? ""
                : "it listens, but no program has this run's credential: give one after --, as in `sidecar run -- program`";
    }

    private String whyNoPorts() {
        return bound.isEmpty() ? "none is declared: add --bind service.namespace:80=127.0.0.1:18080" : "";
    }

    private static boolean isGivenOut(Vip vip) {
        return vip.missing().isEmpty();
    }

    /** What keeps names from being of use, and each address that is not given out. */
    private String whyNoNames() {
        if (dns.isEmpty()) {
            return "names are not answered: run the sidecar with --dns";
        }
        if (vips.isEmpty()) {
            return "no name was asked for yet: have the system's resolver ask " + text(dns.get())
                    + " for clusterset.local";
        }
        return vips.stream()
                .flatMap(vip -> new TreeMap<>(vip.missing())
                        .entrySet().stream().map(port -> vip.callee() + ":" + port.getKey() + " " + port.getValue()))
                .collect(Collectors.joining(" | "));
    }

    /** Only root sees the kernel's rules; what came in by them can be seen here. */
    private String whyNotTransparent() {
        if (transparent.isEmpty()) {
            return "not taken: run the sidecar with --transparent, on Linux";
        }
        return redirected > 0
                ? ""
                : "no connection was led here yet: root does `tombolo sidecar capture install --group tombolo` once";
    }

    private static ArrayNode rung(ArrayNode rungs, int number, String name, boolean live, String why) {
        return rungs.addObject()
                .put("rung", number)
                .put("name", name)
                .put("live", live)
                .put("why", why)
                .putArray("addresses");
    }

    private static String text(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
    }
}
