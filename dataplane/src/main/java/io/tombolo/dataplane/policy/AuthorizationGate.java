package io.tombolo.dataplane.policy;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Counters;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.authorization.AskedHttp;
import io.tombolo.model.authorization.AuthorizationTable;
import io.tombolo.model.authorization.Question;
import io.tombolo.model.authorization.Verdict;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inbound policy after {@link ServiceGate}: what the service's authorization policies say of what an admitted caller asks for.
 * The log tells the owner which rule decided; the caller hears that it may not, and nothing else.
 */
public final class AuthorizationGate {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizationGate.class);
    private static final long LINE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Counter refused;
    private final Counter audited;
    private final Rarely refusedLines = new Rarely(LINE_EVERY_NANOS, System.nanoTime());
    private final Rarely auditedLines = new Rarely(LINE_EVERY_NANOS, System.nanoTime());

    public AuthorizationGate(Metrics metrics) {
        Counters refusals = metrics.counters(
                "tombolo_authorization_refusals_total",
                "Requests and TCP connections that policies refused, or would have refused: mode audit.",
                "mode");
        refused = refusals.of("enforce");
        audited = refusals.of("audit");
    }

    /**
     * Lets through, or says that it may not. What audited policies would have refused is told to the owner.
     * @param http null = a connection whose bytes nobody reads
     * @throws TomboloException NOT_AUTHORIZED
     */
    public void check(ProxyConfig config, Admitted admitted, @Nullable AskedHttp http) {
        AuthorizationTable table = table(config, admitted.port());
        if (!table.isEmpty()) {
            var question = new Question(admitted.caller(), admitted.callerCluster(), http);
            enforce(table, admitted, question);
            Optional<Verdict> audit = table.audit(question);
            if (audit.isPresent() && !audit.get().allows()) {
                audited.increment();
                tell(auditedLines, "would be refused, if audited policies counted", admitted, question, audit.get());
            }
        }
    }

    /**
     * For a gateway that hands the connection on: whoever may do nothing at all on this port gets no further. What a request may
     * is the destination's to say.
     * @throws TomboloException NOT_AUTHORIZED
     */
    public void checkConnection(ProxyConfig config, Admitted admitted) {
        if (!admitted.protocol().isHttp()) {
            check(config, admitted, null);
            return;
        }
        var question = new Question(admitted.caller(), admitted.callerCluster(), null);
        if (!table(config, admitted.port()).couldAllow(question)) {
            refused.increment();
            throw refusal(admitted.port());
        }
    }

    /** The same for what was let through before. */
    public void checkAgain(ProxyConfig config, Admitted admitted, @Nullable AskedHttp http) {
        enforce(
                table(config, admitted.port()),
                admitted,
                new Question(admitted.caller(), admitted.callerCluster(), http));
    }

    private void enforce(AuthorizationTable table, Admitted admitted, Question question) {
        Verdict verdict = table.decide(question);
        if (!verdict.allows()) {
            refused.increment();
            tell(refusedLines, "refused by policy", admitted, question, verdict);
            throw refusal(admitted.port());
        }
    }

    /** Whose policies are not known any more is not served any more. */
    private static AuthorizationTable table(ProxyConfig config, ServicePort port) {
        return config.authorization(port).orElseThrow(() -> refusal(port));
    }

    private static TomboloException refusal(ServicePort port) {
        return new TomboloException(
                Fault.NOT_AUTHORIZED, "service " + port, "the caller may not do this", "ask the service's owner");
    }

    private static void tell(Rarely lines, String what, Admitted admitted, Question question, Verdict verdict) {
        long heldBack = lines.ask(System.nanoTime());
        if (heldBack >= 0) {
            LOG.atWarn()
                    .addKeyValue("caller", admitted.caller())
                    .addKeyValue("cluster", admitted.callerCluster())
                    .addKeyValue("service", admitted.port())
                    .addKeyValue("because", verdict.because())
                    .addKeyValue("pathIsClear", !question.hasUnclearPath())
                    .addKeyValue("others", heldBack)
                    .log(what);
        }
    }
}
