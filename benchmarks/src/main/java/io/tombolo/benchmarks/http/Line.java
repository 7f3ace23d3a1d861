package io.tombolo.benchmarks.http;

import io.tombolo.benchmarks.peer.Contender;
import io.tombolo.benchmarks.peer.Missing;
import java.util.ArrayList;
import java.util.List;

/** Contenders that are there; who is missing is named. {@code TOMBOLO_CONTENDERS}, names with commas, leaves the others out. */
final class Line implements AutoCloseable {
    private final List<Contender> contenders = new ArrayList<>();

    /** Starts one. */
    interface Start {
        Contender contender() throws Missing;
    }

    Line add(String name, Start start) {
        if (!isWanted(name)) {
            return this;
        }
        try {
            Contender contender = start.contender();
            System.out.printf("%s %s%n", contender.name(), contender.version());
            contenders.add(contender);
        } catch (Missing reason) {
            System.out.printf("skipped: %s%n", reason.getMessage());
        }
        return this;
    }

    private static boolean isWanted(String name) {
        String wanted = System.getenv("TOMBOLO_CONTENDERS");
        return wanted == null || List.of(wanted.split(",")).contains(name);
    }

    List<Contender> contenders() {
        return contenders;
    }

    @Override
    public void close() {
        contenders.forEach(Contender::close);
    }
}
