package io.tombolo.cli.evidence;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that was looked at.
 * @param mesh     empty before an installation
 * @param kube     empty where no Kubernetes was named
 * @param software version of this program
 * @param at       when
 */
public record Evidence(Optional<MeshFacts> mesh, Optional<KubeFacts> kube, String software, Instant at, Spoken spoken) {
    /** What could not be looked at, and is needed to be looked at; what hangs on a controller that is silent is told once. */
    public Stream<Fact.Unknown<?>> unknown() {
        Stream<Fact<?>> ofMesh = mesh.stream().flatMap(facts -> facts.silent() ? Stream.of() : facts.all());
        Stream<Fact<?>> ofKube = kube.stream().flatMap(KubeFacts::all);
        return Stream.concat(ofMesh, ofKube)
                .filter(fact -> fact instanceof Fact.Unknown<?>)
                .map(fact -> (Fact.Unknown<?>) fact);
    }
}
