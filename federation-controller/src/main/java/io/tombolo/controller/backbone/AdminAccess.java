package io.tombolo.controller.backbone;

import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.util.Optional;

/**
 * What an authority holds of a backbone.
 * @param connection as Kafka's administrator
 * @param authority  the CA whose client certificates Kafka admits; absent when Kafka's administrator issues them
 */
public record AdminAccess(BackboneConnection connection, Optional<BackboneAuthority> authority) {}
