package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tombolo.model.fault.Fault;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the API server did not do, in words for an operator. Pure.
 *
 * @param detail  what the client says of it
 * @param warning what stands in the controller's status as long as it lasts; empty for a kind that is not installed, which is nobody's
 *                fault
 */
record ApiTrouble(Fault fault, String detail, Optional<String> warning) {
    /** As Kubernetes words it, in all its versions of the last years. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "cannot (\\w+) resource \"([^\"]+)\" in API group \"([^\"]*)\"(?: in the namespace \"([^\"]+)\")?");

    private static final int DEEPEST_CAUSE = 8;

    static ApiTrouble of(Throwable failed) {
        String detail = failed.getClass().getSimpleName() + ": " + failed.getMessage();
        int status = Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .filter(KubernetesClientException.class::isInstance)
                .mapToInt(cause -> ((KubernetesClientException) cause).getCode())
                .filter(code -> code > 0)
                .findFirst()
                .orElse(0);
        return switch (status) {
            case HttpURLConnection.HTTP_FORBIDDEN -> forbidden(detail);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new ApiTrouble(Fault.KUBERNETES_UNREACHABLE, detail, Optional.empty());
            default ->
                new ApiTrouble(
                        Fault.KUBERNETES_UNREACHABLE,
                        detail,
                        warned(
                                Fault.KUBERNETES_UNREACHABLE,
                                "does not answer or refuses; what was known stays in use. The controller's log says more"));
        };
    }

    private static ApiTrouble forbidden(String detail) {
        Matcher said = FORBIDDEN.matcher(detail);
        String right = said.find() ? right(said) : "do all that it has to";
        return new ApiTrouble(
                Fault.KUBERNETES_FORBIDDEN,
                detail,
                warned(
                        Fault.KUBERNETES_FORBIDDEN,
                        "does not let this controller " + right
                                + "; what was known stays in use. Its rights: kubectl apply -f deploy/kubernetes/rbac.yaml, "
                                + "or helm upgrade"));
    }

    private static String right(Matcher said) {
        String group = said.group(3).isEmpty() ? "" : "." + said.group(3);
        String where = said.group(4) == null ? " of all namespaces" : " in the namespace " + said.group(4);
        return said.group(1) + " " + said.group(2) + group + where;
    }

    private static Optional<String> warned(Fault fault, String what) {
        return Optional.of(fault.code() + " the Kubernetes API " + what);
    }
}
