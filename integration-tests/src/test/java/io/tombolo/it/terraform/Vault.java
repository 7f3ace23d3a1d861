package io.tombolo.it.terraform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.DataSource;
import io.tombolo.terraform.resource.EphemeralResource;
import io.tombolo.terraform.resource.ManagedResource;
import io.tombolo.terraform.resource.Provider;
import io.tombolo.terraform.resource.ProviderFunction;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Attribute.Trait;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A provider that has what none of the product's resources needs: something secret to write, and a schema that is not its first
 * one. It can be told to fail in ways that no resource should.
 */
final class Vault implements ManagedResource {
    /** What was written, by key. */
    final Map<String, String> secrets = new ConcurrentHashMap<>();

    /** Thrown by the next change, if set. */
    volatile Optional<RuntimeException> mistake = Optional.empty();

    private final Schema schema = new Schema(
            1,
            "A secret.",
            List.of(
                    Attribute.required("key", CtyType.Primitive.STRING, "Its name.")
                            .with(Trait.REPLACES),
                    Attribute.optional("text", CtyType.Primitive.STRING, "What nobody may see.")
                            .with(Trait.WRITE_ONLY)
                            .with(Trait.SENSITIVE),
                    Attribute.optional("text_version", CtyType.Primitive.NUMBER, "Another one: another text."),
                    Attribute.computed("changes", CtyType.Primitive.NUMBER, "How often it was written.")
                            .with(Trait.CHANGES)));

    @Override
    public Schema schema() {
        return schema;
    }

    /** As Terraform gets it. */
    Provider served() {
        return new Served(new TreeMap<>(Map.of("tombolo_secret", this)));
    }

    @Override
    public CtyValue.Fields create(CtyValue.Fields planned, CtyValue.Fields config) {
        return written(planned, config, 1);
    }

    @Override
    public CtyValue.Fields update(CtyValue.Fields prior, CtyValue.Fields planned, CtyValue.Fields config) {
        long before = prior.get("changes") instanceof CtyValue.Num(BigDecimal number) ? number.longValue() : 0;
        return written(planned, config, before + 1);
    }

    private CtyValue.Fields written(CtyValue.Fields planned, CtyValue.Fields config, long changes) {
        mistake.ifPresent(thrown -> {
            throw thrown;
        });
        secrets.put(planned.text("key").orElseThrow(), config.text("text").orElse(""));
        return planned.with("changes", new CtyValue.Num(changes));
    }

    @Override
    public Optional<CtyValue.Fields> read(CtyValue.Fields state) {
        return secrets.containsKey(state.text("key").orElse("")) ? Optional.of(state) : Optional.empty();
    }

    @Override
    public void delete(CtyValue.Fields prior) {
        secrets.remove(prior.text("key").orElseThrow());
    }

    @Override
    public CtyValue.Fields imported(String id) {
        return new CtyValue.Fields(Map.of("key", CtyValue.of(id)));
    }

    /** Before version 1 it had a {@code title}. */
    @Override
    public CtyValue upgraded(long version, ObjectNode state) {
        if (version == 0) {
            state.set("key", state.remove("title"));
        }
        return ManagedResource.super.upgraded(version, state);
    }

    private record Served(SortedMap<String, ManagedResource> resources) implements Provider {
        @Override
        public Schema schema() {
            return new Schema("A vault.", List.of());
        }

        @Override
        public SortedMap<String, DataSource> dataSources() {
            return new TreeMap<>();
        }

        @Override
        public SortedMap<String, EphemeralResource> ephemeralResources() {
            return new TreeMap<>();
        }

        @Override
        public SortedMap<String, ProviderFunction> functions() {
            return new TreeMap<>();
        }

        @Override
        public List<Problem> problems(CtyValue.Fields config) {
            return List.of();
        }

        @Override
        public List<Problem> configure(CtyValue.Fields config) {
            return List.of();
        }

        @Override
        public void stop() {}
    }
}
