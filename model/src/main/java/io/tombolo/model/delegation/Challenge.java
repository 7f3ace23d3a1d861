package io.tombolo.model.delegation;

import io.tombolo.model.name.InstanceId;

/**
 * What a caller is asked to sign: the word of whoever is to believe it.
 * @param instance who that is: the caller's request will be answered there
 */
public record Challenge(Nonce nonce, InstanceId instance) {}
