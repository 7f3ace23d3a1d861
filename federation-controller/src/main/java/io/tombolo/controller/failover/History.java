package io.tombolo.controller.failover;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What moved, when, and why: the last turns of all services, newest first. Written to disk now and then, not with each turn: a
 * lost line of it is lost for good. Safe on any thread.
 */
public final class History {
    /** Turns that are kept. */
    public static final int REMEMBERED = 2_000;

    /** One turn of one service; shares in permille of where traffic was and is to go. */
    public record Turn(String at, String service, String policy, List<Side> before, List<Side> after) {}

    /** One cluster's part. */
    public record Side(String cluster, long permille, String reason) {}

    record Ledger(List<Turn> turns) {}

    private final JsonState<Ledger> file;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private boolean unwritten;

    public History(StateDirectory state) {
        this.file = new JsonState<>(state.file("failover-history.state"), "FLHI", Ledger.class);
        file.read().ifPresent(ledger -> turns.addAll(ledger.turns()));
    }

    synchronized void add(Decided before, Decided after, Instant at) {
        turns.addFirst(new Turn(
                at.toString(),
                after.service().toString(),
                after.rule().map(ServiceName::toString).orElse(""),
                sides(before),
                sides(after)));
        if (turns.size() > REMEMBERED) {
            turns.removeLast();
        }
        unwritten = true;
    }

    private static List<Side> sides(Decided decided) {
        return decided.goals().stream()
                .map(goal -> new Side(goal.cluster(), goal.permille(), goal.reason()))
                .toList();
    }

    /** Newest first. */
    public synchronized List<Turn> of(Optional<ServiceName> service, int most) {
        return turns.stream()
                .filter(turn ->
                        service.isEmpty() || turn.service().equals(service.get().toString()))
                .limit(most)
                .toList();
    }

    /** The last turn of a service at or before {@code at}; empty if it is not remembered. */
    public synchronized Optional<Turn> at(ServiceName service, Instant at) {
        return turns.stream()
                .filter(turn -> turn.service().equals(service.toString()))
                .filter(turn -> !Instant.parse(turn.at()).isAfter(at))
                .findFirst();
    }

    /** Brings what is new to disk; blocks for an fsync. */
    public void write() {
        Ledger ledger;
        synchronized (this) {
            if (!unwritten) {
                return;
            }
            unwritten = false;
            ledger = new Ledger(List.copyOf(turns));
        }
        file.write(ledger);
    }
}
