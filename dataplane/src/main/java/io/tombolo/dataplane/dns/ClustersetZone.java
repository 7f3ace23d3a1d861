package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.dns.Reply.Answer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is said of each name, by the MCS DNS specification 1.0.0: its records, nothing for other types and for names that only lead
 * to such names (RFC 8020), "no such name" for the rest below {@code clusterset.local}, and "ask others" for everything else. While
 * nothing is known, nobody is told that there is nothing.
 */
final class ClustersetZone {
    /** Of the specification that is followed. */
    private static final Reply VERSION = new Reply.Found(List.of(new Answer.Text("1.0.0")));

    private final Directory directory;

    ClustersetZone(Directory directory) {
        this.directory = directory;
    }

    /** Completes normally, whatever happens; does not block. */
    CompletableFuture<Reply> ask(Query query) {
        Optional<Rcode> failure = failure(query);
        if (failure.isPresent()) {
            return CompletableFuture.completedFuture(new Reply.Failure(failure.get()));
        }
        return switch (ZoneName.of(query.name())) {
            case ZoneName.Version _ -> settled(query.type() == Query.TXT ? VERSION : new Reply.Nothing(true));
            case ZoneName.Root _ -> settled(new Reply.Nothing(true));
            case ZoneName.Namespace(String name) -> settled(new Reply.Nothing(directory.hasNamespace(name)));
            case ZoneName.Beside _ -> settled(new Reply.Nothing(false));
            case ZoneName.OfService(var service, var below) ->
                directory
                        .look(service, below)
                        .thenApply(known -> ServiceAnswers.of(service, below, query.type(), known))
                        .exceptionally(broken -> new Reply.Failure(Rcode.SERVFAIL));
        };
    }

    /** Changes with what is known. */
    long serial() {
        return directory.serial();
    }

    /** Nobody gets the whole zone at once, and nobody else is asked. */
    private Optional<Rcode> failure(Query query) {
        if (query.edns().map(Query.Edns::version).orElse(0) != 0) {
            return Optional.of(Rcode.BADVERS);
        }
        boolean ours = query.name().equals(ZoneName.APEX) || query.name().endsWith("." + ZoneName.APEX);
        if (query.qclass() != Query.INTERNET || !ours || query.type() == Query.IXFR || query.type() == Query.AXFR) {
            return Optional.of(Rcode.REFUSED);
        }
        return directory.isKnown() ? Optional.empty() : Optional.of(Rcode.SERVFAIL);
    }

    private static CompletableFuture<Reply> settled(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
