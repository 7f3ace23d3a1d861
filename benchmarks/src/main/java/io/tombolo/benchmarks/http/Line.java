package io.tombolo.benchmarks.http;

import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.Missing;
import java.util.ArrayList;
import java.util.List;

/** Contenders that are there; who is missing is named. */
final class Line implements AutoCloseable {
    private final List<Contender> contenders = new ArrayList<>();

    /** Starts one. */
    interface Start {
        Contender contender() throws Missing;
    }

    Line add(Start start) {
        try {
            Contender contender = start.contender();
            System.out.printf("%s %s%n", contender.name(), contender.version());
            contenders.add(contender);
        } catch (Missing reason) {
            System.out.printf("skipped: %s%n", reason.getMessage());
        }
        return this;
    }

    List<Contender> contenders() {
        return contenders;
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
    }
}
