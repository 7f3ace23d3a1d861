package io.tombolo.cli.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.judging.Finding;
import io.tombolo.cli.judging.Verdict;
import io.tombolo.cli.output.Output;
import io.tombolo.cli.output.Table;

/** A verdict as it is shown. */
final class Findings {
    private static final String WELL = "Everything was looked at, and all of it is well.";

    private Findings() {}

    static void print(Verdict verdict, Output output) {
        if (!output.forPeople()) {
            output.print(json(verdict), new Table(""));
            return;
        }
        for (Finding finding : verdict.findings()) {
            output.say(
                    "%s %s %s %s: %s",
                    finding.broken() ? "✗" : "?",
                    finding.fault().code(),
                    finding.fault().name(),
                    finding.where(),
                    finding.what());
            if (!finding.command().isEmpty()) {
                output.say("    %s", finding.command());
            }
        }
        long broken = verdict.findings().stream().filter(Finding::broken).count();
        output.say(
                verdict.isWell()
                        ? WELL
                        : broken + " not well, " + (verdict.findings().size() - broken)
                                + " not known. What the codes mean: docs/errors.md");
    }

    static ObjectNode json(Verdict verdict) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("verdict", verdict.isWell() ? "well" : verdict.isBroken() ? "broken" : "unknown");
        ArrayNode findings = all.putArray("findings");
        verdict.findings()
                .forEach(finding -> findings.addObject()
                        .put("code", finding.fault().code())
                        .put("name", finding.fault().name())
                        .put("result", finding.broken() ? "broken" : "unknown")
                        .put("where", finding.where())
                        .put("what", finding.what())
                        .put("command", finding.command()));
        return all;
    }
}
