package io.tombolo.controller.importing;

import io.tombolo.controller.identity.Membership;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.Locality;

/**
 * What does not change while this cluster is a member.
 * @param control where gateways pass control connections on to
 * @param dialing which addresses of other clusters' gateways are dialled
 */
public record ImportSettings(Membership own, Locality locality, HostPort control, AddressRules dialing) {}
