package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be said of all that was looked at. Well only if everything was seen and nobody found anything.
 * @param findings what is broken first; of one thing each kind once
 */
public record Verdict(List<Finding> findings) {
    private static final List<Judge> JUDGES = List.of(
            new PlatformJudge(),
            new KindsJudge(),
            new RightsJudge(),
            new PartsJudge(),
            new PodsJudge(),
            new ReplicasJudge(),
            new HooksJudge(),
            new NetworkJudge(),
            new ControllerJudge(),
            new BackboneJudge(),
            new ClockJudge(),
            new FreshnessJudge(),
            new GatewaysJudge(),
            new PathsJudge(),
            new ArrivalsJudge(),
            new CallsJudge(),
            new ExportsJudge(),
            new ConditionsJudge(),
            new ProxiesJudge(),
            new VersionsJudge());

    public Verdict {
        findings = List.copyOf(findings);
    }

    public static Verdict of(Evidence evidence) {
        var all = new ArrayList<Finding>();
        Stream.concat(
                        JUDGES.stream().flatMap(judge -> judge.of(evidence)),
                        evidence.unknown().map(Verdict::notLookedAt))
                .filter(finding -> all.stream().noneMatch(finding::isAbout) && all.add(finding))
                .forEach(_ -> {});
        return new Verdict(
                Stream.concat(all.stream().filter(Finding::broken), all.stream().filter(finding -> !finding.broken()))
                        .toList());
    }

    /** The way out is a sentence, perhaps of somebody else: never a line for a shell. */
    private static Finding notLookedAt(Fact.Unknown<?> fact) {
        String out = fact.fix().isEmpty() ? "" : "; " + fact.fix();
        return Finding.unknown(fact.fault(), fact.where(), fact.why() + out, "");
    }

    public boolean isWell() {
        return findings.isEmpty();
    }

    public boolean isBroken() {
        return findings.stream().anyMatch(Finding::broken);
    }
}
