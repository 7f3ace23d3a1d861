package io.tombolo.cli.looking;

import io.tombolo.cli.forward.Asked;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An API server that says what it was told to say to the first words of a question, and nothing to all others. */
final class ToldApi implements Asked {
    private final Map<String, Said> answers = new LinkedHashMap<>();
    private final List<String> refused = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    String given = "";

    ToldApi says(String begin, String output) {
        return says(begin, output, "");
    }

    ToldApi says(String begin, String output, String errors) {
        answers.put(begin, new Said(output, errors));
        return this;
    }

    ToldApi refuses(String begin) {
        refused.add(begin);
        return this;
    }

    @Override
    public Said ask(String input, String... words) {
        String question = String.join(" ", words);
        asked.add(question);
        if (!input.isEmpty()) {
            given = input;
        }
        if (refused.stream().anyMatch(question::startsWith)) {
            throw new TomboloException(Fault.KUBERNETES_UNREACHABLE, "API server", question + " is forbidden", "ask");
        }
        return answers.entrySet().stream()
                .filter(answer -> question.startsWith(answer.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(new Said("", ""));
    }
}
