package io.tombolo.controller.backbone;

import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.util.Optional;

/**
 * What an authority holds of a backbone.
 * @param connection as Kafka's administrator, or as nobody where an administrator does everything by hand
 * @param authority  the CA whose client certificates Kafka admits; absent when Kafka's administrator issues them
 * @param replication how topics are made
 */
public record AdminAccess(
        BackboneConnection connection, Optional<BackboneAuthority> authority, Replication replication) {}
