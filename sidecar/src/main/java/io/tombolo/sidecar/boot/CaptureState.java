package io.tombolo.sidecar.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.sidecar.boot.Settings.LocalPort;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What {@code GET /capture} shows: each way in which calls can get into this sidecar, whether it is live, and if not, why.
 * @param proxy      where the proxy listens
 * @param hasProgram somebody has its credential
 * @param bound      local ports that stand for services
 */
record CaptureState(InetSocketAddress proxy, boolean hasProgram, List<LocalPort> bound) {
    private static final ObjectMapper JSON = new ObjectMapper();

    CaptureState {
        bound = List.copyOf(bound);
    }

    String json() {
        ObjectNode state = JSON.createObjectNode();
        ArrayNode rungs = state.putArray("rungs");
        rung(rungs, 1, "proxy", hasProgram, whyNoProxy()).add(text(proxy));
        ArrayNode ports = rung(rungs, 2, "local-ports", !bound.isEmpty(), whyNoPorts());
        bound.forEach(port -> ports.add(port.service() + "=" + text(port.address())));
        rung(rungs, 3, "vip-dns", false, "this version does not do it yet; until then use local-ports");
        rung(rungs, 4, "transparent", false, "this version does not do it yet; until then use proxy or local-ports");
        state.put("live", live());
        return state.toString();
    }

    private String live() {
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

    private static ArrayNode rung(ArrayNode rungs, int number, String name, boolean live, String why) {
        return rungs.addObject()
                .put("rung", number)
                .put("name", name)
                .put("live", live)
                .put("why", why)
                .putArray("addresses");
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
