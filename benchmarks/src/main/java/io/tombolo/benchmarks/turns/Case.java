package io.tombolo.benchmarks.turns;

import java.util.Map;

/**
 * One kind of load that all contenders get.
 * @param text        in tables
 * @param answerBytes of an answer's body
 * @param goals       most that a request may cost in CPU time, as a share of the peer's of that name
 */
public record Case(String text, int answerBytes, Map<String, Double> goals) {
    public Case {
        goals = Map.copyOf(goals);
    }
}
