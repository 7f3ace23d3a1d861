package io.tombolo.terraform.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.Failed;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Checks;
import io.tombolo.terraform.schema.ValuePath;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits until other members hold what this cluster published, as they say themselves, each ten seconds at most. */
final class Convergence {
    private static final String WAIT_FOR = "wait_for";
    private static final Duration USUAL_WAIT = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 500;

    private final Cluster cluster;

    Convergence(Cluster cluster) {
        this.cluster = cluster;
    }

    static List<Attribute> attributes() {
        return List.of(
                Words.object(
                        WAIT_FOR,
                        "What to wait for after each change; nothing if nothing is said.",
                        Words.texts(
                                "clusters",
                                "Members that have to hold it, as they say themselves each ten seconds at most.",
                                Checks.count(1, 64),
                                Checks.each(Checks.label()))),
                Timeouts.attribute(USUAL_WAIT));
    }

    /**
     * Waits.
     * @param first     under which number the change was published, as its answer says; empty = not yet
     * @param published the same, asked again
     * @throws Failed if the time is over, or the user wants to stop
     */
    void await(CtyValue.Fields planned, String what, Optional<Long> first, Supplier<Optional<Long>> published) {
        if (!(planned.get(WAIT_FOR) instanceof CtyValue.Fields wait)
                || !(wait.get("clusters") instanceof CtyValue.Items(List<CtyValue> clusters))) {
            return;
        }
        Duration longest = Timeouts.of(planned, what, USUAL_WAIT);
        long deadline = System.nanoTime() + longest.toNanos();
        Optional<String> missing = missing(clusters, first);
        while (missing.isPresent()) {
            if (System.nanoTime() > deadline || !cluster.pause(PAUSE_MILLIS)) {
                throw new Failed(
                        ValuePath.ROOT.name(WAIT_FOR),
                        "Not everybody holds it yet",
                        missing.get()
                                + ". It is published all the same, and gets there when it can; see `tombolo clusters`. "
                                + "Waited for " + longest.toSeconds() + " s at most: a longer wait is `timeouts." + what
                                + "`.");
            }
            missing = missing(clusters, published.get());
        }
    }

    /** Whether others are waited for. */
    static boolean isWanted(CtyValue.Fields planned) {
        return planned.get(WAIT_FOR) instanceof CtyValue.Fields;
    }

    /** What is not the object's own, as it was declared. */
    static CtyValue.Fields kept(CtyValue.Fields values, CtyValue.Fields of) {
        return values.with(WAIT_FOR, of.get(WAIT_FOR)).with(Timeouts.NAME, Timeouts.of(of));
    }

    /** The number in an answer's {@code published}. */
    static Optional<Long> number(JsonNode answer) {
        String published = answer.path("published").asText();
        return published.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(published)) : Optional.empty();
    }

    private Optional<String> missing(List<CtyValue> wanted, Optional<Long> published) {
        if (published.isEmpty()) {
            return Optional.of("The backbone has not taken it yet");
        }
        Map<String, Long> held = new HashMap<>();
        for (JsonNode member : cluster.api().list("/clusters")) {
            if (member.path("state").asText().equals("ADMITTED")) {
                held.put(
                        member.path("cluster").asText(), member.path("holdsSeq").asLong(-1));
            }
        }
        return wanted.stream()
                .map(value -> value instanceof CtyValue.Text(String name) ? name : "")
                .filter(name -> held.getOrDefault(name, -1L) < published.get())
                .sorted(Comparator.comparing(held::containsKey)) // who is no member keeps it waiting longest
                .map(name -> held.containsKey(name)
                        ? "Cluster " + name + " does not say yet that it holds it"
                        : "Cluster " + name + " is no member")
                .findFirst();
    }
}
