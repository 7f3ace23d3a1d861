package io.tombolo.controller.failover;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Payload;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.Spec;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.RuleScope;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failover policy that an authority gives to every member, as a document of the federation log: the resource as JSON. */
public final class FederationDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KIND = ResourceKind.FAILOVER_POLICY.text();
    private static final String VERSION = ResourceKind.FAILOVER_POLICY.apiVersion();

    private FederationDocument() {}

    /** What an authority publishes of its own resources. */
    public static List<Payload.Policy> all(Collection<StoredResource> resources) {
        return resources.stream()
                .filter(resource -> resource.spec() instanceof Spec.Failover(FailoverRule rule)
                        && rule.scope() instanceof RuleScope.Federation)
                .map(FederationDocument::of)
                .toList();
    }

    private static Payload.Policy of(StoredResource resource) {
        ObjectNode root = JSON.createObjectNode();
        root.put("apiVersion", VERSION);
        root.put("kind", KIND);
        ObjectNode metadata = root.putObject("metadata");
        metadata.put("namespace", resource.key().name().namespace());
        metadata.put("name", resource.key().name().name());
        metadata.put("creationTimestamp", resource.createdAt().toString());
        try {
            root.set("spec", JSON.readTree(resource.specJson()));
            return new Payload.Policy(
                    KIND,
                    resource.key().name().toString(),
                    VERSION,
                    ByteString.copyFrom(JSON.writeValueAsBytes(root)),
                    true);
        } catch (IOException impossible) {
            throw new TomboloException(
                    Fault.INTERNAL, "resource " + resource.key(), "cannot be written", "report this", impossible);
        }
    }

    /** Whether it is one that binds others, if an authority wrote it. */
    static boolean isOne(Payload.Policy policy) {
        return policy.federationWide() && policy.kind().equals(KIND);
    }

    /**
     * What a document says.
     * @throws TomboloException POLICY_UNREADABLE if anything in it is not known here: a part of a policy is another policy
     */
    static FailoverRule read(ClusterId by, String name, ByteString document) {
        try {
            String text = document.toStringUtf8();
            ParsedResource resource = ResourceReader.read(text).getFirst();
            Instant created = Instant.parse(JSON.readTree(text)
                    .path("metadata")
                    .path("creationTimestamp")
                    .asText());
            if (resource.spec() instanceof Spec.Failover(FailoverRule rule)
                    && rule.scope() instanceof RuleScope.Federation) {
                return new FailoverRule(rule.name(), rule.scope(), created, rule.policy());
            }
            throw unreadable(by, name, "it is not one for the federation", null);
        } catch (TomboloException unknown) {
            throw unknown.fault() == Fault.POLICY_UNREADABLE
                    ? unknown
                    : unreadable(by, name, unknown.where() + " " + unknown.what(), unknown);
        } catch (IOException | RuntimeException malformed) {
            throw unreadable(by, name, "it is malformed", malformed);
        }
    }

    private static TomboloException unreadable(ClusterId by, String name, String why, @Nullable Throwable cause) {
        return new TomboloException(
                Fault.POLICY_UNREADABLE,
                "FailoverPolicy " + name + " of " + by,
                "cannot be read here: " + why,
                "bring this cluster to the version of " + by + ", or write the policy without it there",
                cause);
    }
}
