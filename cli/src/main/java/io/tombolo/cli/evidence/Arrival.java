package io.tombolo.cli.evidence;

import java.util.Set;

/**
 * Where a connection for a service came to that was begun from this machine, through a gateway that lets it in: the gateway passes
 * it on, and whoever the service's sidecar is shows a certificate before it asks for one.
 * @param expected who may answer
 */
public record Arrival(String service, String cluster, String gateway, Set<String> expected, Door.Answer answer) {
    public boolean asExpected() {
        return answer instanceof Door.Proven(String spiffeId) && expected.contains(spiffeId);
    }
}
