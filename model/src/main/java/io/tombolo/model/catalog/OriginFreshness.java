package io.tombolo.model.catalog;

import io.tombolo.model.name.ClusterId;

/**
 * How current what one cluster says is, as its importer sees it.
 * @param selfCutOff it is the importer that is cut off from the backbone: leases are frozen, probes decide
 */
public record OriginFreshness(ClusterId cluster, Freshness freshness, boolean selfCutOff) {}
