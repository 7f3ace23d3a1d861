package io.tombolo.cli.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One cluster of the federation, as this one sees it. */
public record Member(
        String cluster,
        String state,
        String trustDomain,
        boolean local,
        String freshness,
        long ageMs,
        long offsetMs,
        List<Gateway> gateways,
        int exports,
        String trust,
        Map<String, Long> refused,
        List<String> leftOut) {
    /** One of its gateways. */
    public record Gateway(
            String instance, List<String> addresses, boolean draining, List<Path> paths, List<Seen> seenBy) {}

    /** What a gateway of this cluster found by calls of its own through that one; {@code ageMs} -1 = it says nothing. */
    public record Path(String from, String state, int rttMicros, long ageMs) {}

    /** What another cluster says of its calls through a gateway of this one. */
    public record Seen(String cluster, String state, int rttMicros) {}

    /** By how much its clock is ahead; empty as long as no word of it has come, when the number says nothing. */
    public Optional<Duration> offset() {
        return ageMs < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(offsetMs));
    }

    /** Of the others one that may send and take. */
    public boolean isPeer() {
        return !local && state.equals("ADMITTED");
    }
}
