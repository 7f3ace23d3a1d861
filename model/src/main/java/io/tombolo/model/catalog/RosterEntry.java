package io.tombolo.model.catalog;

import io.tombolo.model.name.InstanceId;

/**
 * One instance of a service in another cluster; its address stays there.
 * @param weight 1 to 10000, relative to its siblings
 */
public record RosterEntry(InstanceId instance, InstanceState state, int weight, String zone) {}
