package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.dns.ZoneName.Below;
import io.tombolo.model.name.ServiceName;
import java.util.concurrent.CompletableFuture;

/** What is known of the names below {@code clusterset.local}. Any thread; nothing blocks. */
public interface Directory {
    /** Whether anything is known: as long as not, nobody is told that there is nothing. */
    boolean isKnown();

    /** Grows with what is known. */
    long serial();

    /** Whether there is a service in that namespace. */
    boolean hasNamespace(String namespace);

    /**
     * A service; completes on any thread, normally within milliseconds, with a failure never on purpose.
     * @param asked what the question is about: of instances that are of no interest to it, addresses and even names may be left out
     */
    CompletableFuture<Known> look(ServiceName service, Below asked);
}
