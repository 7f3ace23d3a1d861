package io.tombolo.controller.join;

import io.tombolo.wire.join.Backbone;
import java.security.cert.X509Certificate;
import java.util.List;

/** What the leader vouches by; each chain begins with the replica's certificate and ends with the root. */
public record Vouched(List<X509Certificate> clusterCa, List<X509Certificate> meshCa, Backbone backbone) {
    public Vouched {
        clusterCa = List.copyOf(clusterCa);
        meshCa = List.copyOf(meshCa);
    }
}
