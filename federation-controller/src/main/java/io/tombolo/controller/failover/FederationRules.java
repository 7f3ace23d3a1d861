package io.tombolo.controller.failover;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.Spec;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.RuleScope;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failover policies that an authority gives to every member, as documents of the federation log: the resource as JSON. */
public final class FederationRules {
    private static final Logger LOG = LoggerFactory.getLogger(FederationRules.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KIND = ResourceKind.FAILOVER_POLICY.text();
    private static final String VERSION = ResourceKind.FAILOVER_POLICY.apiVersion();

    private FederationRules() {}

    /** What an authority publishes of its own resources. */
    public static List<Payload.Policy> documents(Collection<StoredResource> resources) {
        return resources.stream()
                .filter(resource -> resource.spec() instanceof Spec.Failover(FailoverRule rule)
                        && rule.scope() instanceof RuleScope.Federation)
                .map(FederationRules::document)
                .toList();
    }

    private static Payload.Policy document(StoredResource resource) {
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

    /** Those of the authorities but the own cluster; what cannot be read is logged and does not count. */
    public static List<FailoverRule> of(CatalogView view) {
        return view.origins().stream()
                .filter(origin -> !origin.cluster().equals(view.own()))
                .filter(origin -> view.members().authorities().contains(origin.cluster()))
                .flatMap(origin -> origin.policies().stream())
                .filter(policy -> policy.federationWide() && policy.kind().equals(KIND))
                .flatMap(FederationRules::rule)
                .toList();
    }

    private static Stream<FailoverRule> rule(Payload.Policy policy) {
        try {
            String text = policy.document().toStringUtf8();
            List<ParsedResource> read = ResourceReader.read(text);
            Instant created = Instant.parse(JSON.readTree(text)
                    .path("metadata")
                    .path("creationTimestamp")
                    .asText());
            return read.stream()
                    .flatMap(resource -> resource.spec() instanceof Spec.Failover(FailoverRule rule)
                            ? Stream.of(new FailoverRule(rule.name(), rule.scope(), created, rule.policy()))
                            : Stream.empty())
                    .filter(rule -> rule.scope() instanceof RuleScope.Federation);
        } catch (IOException | RuntimeException unreadable) {
            LOG.atWarn()
                    .addKeyValue("policy", policy.name())
                    .addKeyValue("fault", unreadable.getMessage())
                    .log("a federation-wide failover policy cannot be read and does not count here");
            return Stream.empty();
        }
    }
}
