package io.tombolo.dataplane.exchange;

import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.testing.EscapedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One row of {@code same/*.txt}, whose first file says how they are written: a request, what the application says to it, and
 * what both ends must see wherever it went through.
 * @param rules   of the route that the service has; none = it has no route
 * @param sends   what the client sends, each part after an answer to the one before
 * @param answers what the application answers to its first request, its second, …; the last one to all that follow
 * @param expects what must be seen, as {@link Observed} names it; {@code -} = must not be there
 * @param own     whether a proxy of ours answers by itself, in words that nobody else would choose
 * @param envoy   what may differ at Envoy
 * @param why     why it may
 */
record SameRow(
        String name,
        List<RouteRule> rules,
        List<String> sends,
        List<Answer> answers,
        Map<String, String> expects,
        boolean own,
        Set<String> envoy,
        String why) {
    /** @param closes whether the application ends the connection behind it */
    record Answer(String bytes, boolean closes) {}

    /** Whether the client speaks HTTP/2. */
    boolean isHttp2() {
        return sends.getFirst().startsWith(":");
    }

    /** Whether it is a call of gRPC. */
    boolean isCall() {
        return sends.getFirst().startsWith("call ");
    }

    /** Whether a copy goes to the other application, which nobody waits for. */
    boolean isMirrored() {
        return rules.stream()
                .anyMatch(rule -> rule.target() instanceof RouteTarget.Forward forward
                        && !forward.mirrors().isEmpty());
    }

    /** Reads a table. */
    static List<SameRow> read(String resource) throws IOException {
        try (InputStream in = SameRow.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("no resource " + resource);
            }
            var rows = new ArrayList<SameRow>();
            var lines = new ArrayList<String>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
                if (line.startsWith("= ") && !lines.isEmpty()) {
                    rows.add(row(lines));
                    lines.clear();
                }
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(line);
                }
            }
            rows.add(row(lines));
            return rows;
        }
    }

    private static SameRow row(List<String> lines) {
        var rules = new ArrayList<RouteRule>();
        var sends = new ArrayList<>(List.of(""));
        var answers = new ArrayList<Answer>();
        var expects = new LinkedHashMap<String, String>();
        var envoy = new LinkedHashSet<String>();
        boolean own = false;
        String why = "";
        for (String line : lines.subList(1, lines.size())) {
            int blank = line.indexOf(' ');
            String rest = blank < 0 ? "" : line.substring(blank + 1);
            switch (blank < 0 ? line : line.substring(0, blank)) {
                case "rule" -> rules.add(SameRule.parse(rest));
                case ">" -> sends.set(sends.size() - 1, sends.getLast() + EscapedBytes.read(rest));
                case "then" -> sends.add("");
                case "<" -> answers.add(new Answer(EscapedBytes.read(rest), false));
                case "<|" -> answers.add(new Answer(EscapedBytes.read(rest), true));
                case "own" -> own = true;
                case "envoy" -> {
                    envoy.addAll(List.of(rest.substring(0, rest.indexOf(": ")).split(" ")));
                    why += rest.substring(rest.indexOf(": ") + 2);
                }
                default -> expect(expects, line);
            }
        }
        return new SameRow(lines.getFirst().substring(2), rules, sends, answers, expects, own, envoy, why);
    }

    private static void expect(Map<String, String> expects, String line) {
        int colon = line.indexOf(": ");
        if (colon < 0) {
            throw new IllegalArgumentException("what is this line? " + line);
        }
        expects.put(line.substring(0, colon), EscapedBytes.read(line.substring(colon + 2)));
    }
}
