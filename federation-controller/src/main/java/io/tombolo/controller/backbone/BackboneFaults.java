package io.tombolo.controller.backbone;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Says in the user's words what Kafka's client threw. */
public final class BackboneFaults {
    private BackboneFaults() {}

    /**
     * The fault behind {@code thrown}.
     * @param where what was done and to which Kafka
     */
    public static TomboloException of(String where, Throwable thrown) {
        Throwable cause = unwrap(thrown);
        return switch (cause) {
            case TomboloException known -> known;
            case AuthenticationException refused ->
                denied(
                        where,
                        "the TLS handshake was refused: ",
                        "check that the certificate is this cluster's present one, that it was not evicted, and that the"
                                + " brokers believe the CA that signed it",
                        refused);
            case AuthorizationException refused ->
                denied(
                        where,
                        "Kafka lacks an ACL for this: ",
                        "give this certificate's principal that ACL; a credential that may not make topics, ACLs and quotas"
                                + " wants `tombolo init --manual-acls`",
                        refused);
            case SecurityDisabledException open ->
                misconfigured(
                        where,
                        "Kafka runs without an authorizer",
                        "switch one on: ACLs are what keeps members apart",
                        open);
            case UnknownTopicOrPartitionException missing ->
                misconfigured(where, "a topic is missing", "run `tombolo init --manual-acls` for the list", missing);
            case InvalidReplicationFactorException few ->
                misconfigured(where, text(few), "start more brokers, or lower the replication factor", few);
            case InvalidConfigurationException wrong ->
                misconfigured(where, text(wrong), "change the broker's setting of that name", wrong);
            case PolicyViolationException policy ->
                misconfigured(where, text(policy), "ask Kafka's administrator to allow the topic", policy);
            default -> unreachable(where, cause);
        };
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static TomboloException denied(String where, String what, String fix, Throwable cause) {
        return new TomboloException(Fault.BACKBONE_DENIED, where, what + text(cause), fix, cause);
    }

    private static TomboloException misconfigured(String where, String what, String fix, Throwable cause) {
        return new TomboloException(Fault.BACKBONE_MISCONFIGURED, where, what, fix, cause);
    }

    private static TomboloException unreachable(String where, Throwable cause) {
        return new TomboloException(
                Fault.BACKBONE_UNREACHABLE,
                where,
                "no answer: " + text(cause),
                "check that Kafka runs and that its address can be reached from here",
                cause);
    }

    /** Without the full stop that Kafka puts at the end of some: ours follows. */
    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.strip().replaceFirst("[.]+$", "");
    }
}
