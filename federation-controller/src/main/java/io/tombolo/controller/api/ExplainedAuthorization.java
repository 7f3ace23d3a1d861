package io.tombolo.controller.api;

import io.tombolo.controller.api.ExplainResource.Step;
import io.tombolo.model.authorization.AskedHttp;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationTable;
import io.tombolo.model.authorization.Question;
import io.tombolo.model.authorization.Verdict;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.SpiffeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What this cluster's policies say of one call: the same decision that the sidecar of the service takes. */
final class ExplainedAuthorization {
    private ExplainedAuthorization() {}

    /**
     * A request as somebody describes it.
     * @param headers {@code name=value}
     */
    record Described(String method, String target, List<String> headers) implements AskedHttp {
        Described {
            for (String header : headers) {
                if (header.indexOf('=') < 1) {
                    throw new TomboloException(
                            Fault.USAGE, "header '" + header + "'", "has no name", "write name=value");
                }
            }
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return headers.stream()
                    .filter(header -> header.substring(0, header.indexOf('='))
                            .toLowerCase(Locale.ROOT)
                            .equals(lowerCaseName))
                    .map(header -> header.substring(header.indexOf('=') + 1))
                    .toList();
        }
    }

    /** One step for what counts, and one for what is audited only. */
    static List<Step> steps(
            List<AuthorizationPolicy> policies,
            ServiceName service,
            ExportedPort port,
            SpiffeId caller,
            ClusterId cluster,
            Described request) {
        boolean http = port.protocol() == AppProtocol.HTTP;
        var table = AuthorizationTable.of(policies, new ServicePort(service, port.port()));
        @Nullable AskedHttp asked = http ? request : null;
        var question = new Question(caller, cluster, asked);
        String doubt = question.hasUnclearPath() ? " (its path could mean two things)" : "";
        String what = http ? request.method() + " " + request.target() + doubt : "TCP port " + port.port();
        var steps = new ArrayList<Step>();
        steps.add(step(what, table.decide(question), "authorization"));
        table.audit(question).ifPresent(audit -> steps.add(step(what, audit, "audit")));
        return steps;
    }

    private static Step step(String what, Verdict verdict, String name) {
        return new Step(name, what + ": " + verdict.because(), verdict.allows() ? "ok" : "refused");
    }
}
