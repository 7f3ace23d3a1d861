package io.tombolo.controller.failover;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.FailoverRule;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the other authorities' federation-wide policies, and remembers, also over restarts, the last version of each that it
 * could read: what a newer program wrote must not count as nothing. Safe on any thread; only {@link #write} blocks.
 */
public final class FederationPolicies {
    private static final Logger LOG = LoggerFactory.getLogger(FederationPolicies.class);

    record Form(String cluster, String name, String document) {}

    record Ledger(List<Form> policies) {}

    private record Source(ClusterId by, String name) {}

    /** The newest document. @param why it cannot be read; null if it can */
    private record Newest(ByteString document, @Nullable TomboloException why) {}

    private record Readable(ByteString document, FailoverRule rule) {}

    private final JsonState<Ledger> file;
    private final Map<Source, Newest> newest = new HashMap<>();
    private final Map<Source, Readable> readable = new HashMap<>();
    private boolean unwritten;

    public FederationPolicies(StateDirectory state) {
        this.file = new JsonState<>(state.file("federation-policies.state"), "FPOL", Ledger.class);
        file.read().stream().flatMap(ledger -> ledger.policies().stream()).forEach(this::remember);
    }

    /** As of {@code view}; costs something only for documents that changed. */
    public synchronized FederationReading read(CatalogView view) {
        var given = new ArrayList<FederationReading.Given>();
        var unreadable = new ArrayList<FederationReading.Unreadable>();
        for (OriginView origin : view.origins()) {
            if (binds(origin.cluster(), view)) {
                List<Payload.Policy> policies = origin.policies().stream()
                        .filter(FederationDocument::isOne)
                        .toList();
                forgetAllBut(origin.cluster(), policies);
                policies.forEach(
                        policy -> read(new Source(origin.cluster(), policy.name()), policy, given, unreadable));
            } else {
                forgetAllBut(origin.cluster(), List.of());
            }
        }
        return new FederationReading(given, unreadable);
    }

    private static boolean binds(ClusterId cluster, CatalogView view) {
        return !cluster.equals(view.own()) && view.members().authorities().contains(cluster);
    }

    private void read(
            Source source,
            Payload.Policy policy,
            List<FederationReading.Given> given,
            List<FederationReading.Unreadable> unreadable) {
        Newest known = newest.get(source);
        if (known == null || !known.document().equals(policy.document())) {
            known = news(source, policy.document());
        }
        Optional<FailoverRule> counts =
                Optional.ofNullable(readable.get(source)).map(Readable::rule);
        counts.ifPresent(rule -> given.add(new FederationReading.Given(source.by(), rule)));
        if (known.why() != null) {
            unreadable.add(new FederationReading.Unreadable(source.by(), source.name(), known.why(), counts));
        }
    }

    private Newest news(Source source, ByteString document) {
        Newest read;
        try {
            readable.put(source, new Readable(document, FederationDocument.read(source.by(), source.name(), document)));
            unwritten = true;
            read = new Newest(document, null);
        } catch (TomboloException why) {
            LOG.atWarn()
                    .addKeyValue("fault", why.getMessage())
                    .addKeyValue("before", readable.containsKey(source) ? "stays in force" : "none")
                    .log("a federation-wide failover policy cannot be read");
            read = new Newest(document, why);
        }
        newest.put(source, read);
        return read;
    }

    /** What its author took back is known to be gone. */
    private void forgetAllBut(ClusterId by, List<Payload.Policy> policies) {
        List<String> names = policies.stream().map(Payload.Policy::name).toList();
        newest.keySet().removeIf(source -> source.by().equals(by) && !names.contains(source.name()));
        unwritten |= readable.keySet().removeIf(source -> source.by().equals(by) && !names.contains(source.name()));
    }

    private void remember(Form form) {
        var source = new Source(new ClusterId(form.cluster()), form.name());
        ByteString document = ByteString.copyFrom(Base64.getDecoder().decode(form.document()));
        try {
            readable.put(source, new Readable(document, FederationDocument.read(source.by(), source.name(), document)));
        } catch (TomboloException older) {
            LOG.atWarn().addKeyValue("fault", older.getMessage()).log("what a newer version remembered is forgotten");
        }
    }

    /** Brings what is new to disk; blocks for an fsync. */
    public void write() {
        Ledger ledger;
        synchronized (this) {
            if (!unwritten) {
                return;
            }
            ledger = new Ledger(forms());
            unwritten = false;
        }
        try {
            file.write(ledger);
        } catch (TomboloException failed) {
            synchronized (this) {
                unwritten = true;
            }
            throw failed;
        }
    }

    private List<Form> forms() {
        Map<String, Form> forms = new TreeMap<>();
        readable.forEach((source, one) -> forms.put(
                source.by() + " " + source.name(),
                new Form(
                        source.by().value(),
                        source.name(),
                        Base64.getEncoder().encodeToString(one.document().toByteArray()))));
        return List.copyOf(forms.values());
    }
}
