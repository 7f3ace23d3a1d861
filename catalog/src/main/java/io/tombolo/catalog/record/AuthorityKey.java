package io.tombolo.catalog.record;

import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;

/** A cluster that may sign records of the members log, and the key it does that with. */
public record AuthorityKey(ClusterId cluster, Ed25519PublicKey publicKey) {}
