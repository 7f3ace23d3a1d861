package io.tombolo.terraform.resource;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import java.util.List;
import java.util.SortedMap;

/**
 * What a provider has to offer, by the names that users write.
 */
public interface Provider {
    /** Of the {@code provider} block. */
    Schema schema();

    SortedMap<String, ManagedResource> resources();

    SortedMap<String, DataSource> dataSources();

    SortedMap<String, EphemeralResource> ephemeralResources();

    SortedMap<String, ProviderFunction> functions();

    /** What is wrong with a configuration of the provider as a whole, without asking anybody. */
    List<Problem> problems(CtyValue.Fields config);

    /** Takes the configuration of the provider; connects to nobody. Values may be unknown while something is planned. */
    List<Problem> configure(CtyValue.Fields config);

    /** Whoever waits for something gives up soon: the user wants to stop. */
    void stop();
}
