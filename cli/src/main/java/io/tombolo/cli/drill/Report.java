package io.tombolo.cli.drill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.OptionalLong;

/** A timeline as it is shown: a row for each moment, {@code null} where it is not known. */
record Report(Timeline timeline, Baseline baseline, Outage outage, String cluster) {
    private static final double NANOS = 1e9;

    ArrayNode rows() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        row(rows, "outage begins", OptionalLong.of(0), outage.said());
        row(rows, "detection", timeline.detection(), detection());
        row(rows, "decision", timeline.decision(), decision());
        row(rows, "propagation", timeline.propagation(), propagation());
        row(rows, "last failed request", timeline.lastFailure(), failures());
        row(rows, "outage ends", timeline.end(), outage.saidOfItsEnd());
        row(rows, "return begins", timeline.firstAnswerAgain(), firstAgain());
        row(rows, "return", timeline.fullReturn(), returned());
        return rows;
    }

    /** Everything, for scripts. */
    ObjectNode json(boolean stopped) {
        Calls calls = timeline.sinceBegin();
        ObjectNode all = JsonNodeFactory.instance
                .objectNode()
                .put("cluster", cluster)
                .put("outage", outage.kind())
                .put("stopped", stopped)
                .put("calls", calls.ended())
                .put("failed", calls.failed());
        all.set("timeline", rows());
        return all;
    }

    private String detection() {
        if (outage.isTold()) {
            return "told, not found out: an order shows no detection";
        }
        return timeline.detection().isPresent() ? "the controller noticed" : unmoved("the controller noticed nothing");
    }

    private String decision() {
        return timeline.decision().isPresent()
                ? "the controller gives " + cluster + " nothing of " + services()
                : unmoved("not within the outage");
    }

    /** A caller's sidecar has eyes of its own: it may be earlier than the controller. */
    private String propagation() {
        if (timeline.propagation().isPresent()) {
            boolean itself = timeline.decision().isEmpty()
                    || timeline.propagation().getAsLong() < timeline.decision().getAsLong();
            return "the last call that " + cluster + " answered"
                    + (itself && !outage.isTold() ? "; the sidecar saw for itself" : "");
        }
        return baseline.tells()
                ? cluster + " answered none of the watched calls before"
                : "unknown: only a sidecar tells who answers";
    }

    private String failures() {
        Calls calls = timeline.sinceBegin();
        return String.format(Locale.ROOT, "%,d of %,d calls failed", calls.failed(), calls.ended());
    }

    private String firstAgain() {
        return timeline.firstAnswerAgain().isPresent()
                ? "the first call that " + cluster + " answered again"
                : baseline.tells()
                        ? "not yet, when the drill stopped looking"
                        : "unknown: only a sidecar tells who answers";
    }

    private String returned() {
        return timeline.fullReturn().isPresent()
                ? cluster + " has its part again"
                : unmoved("not yet, when the drill stopped looking");
    }

    /** Where nothing was to move, nothing was late. */
    private String unmoved(String otherwise) {
        return baseline.look().moving().parts().isEmpty() ? "none was due: " + cluster + " had no part" : otherwise;
    }

    private String services() {
        return String.join(
                ", ",
                baseline.look().moving().parts().keySet().stream().sorted().toList());
    }

    private static void row(ArrayNode rows, String what, OptionalLong nanos, String how) {
        ObjectNode row = rows.addObject().put("what", what);
        if (nanos.isPresent()) {
            row.put("seconds", Math.round(nanos.getAsLong() / NANOS * 10) / 10.0);
        } else {
            row.putNull("seconds");
        }
        row.put("how", how);
    }
}
