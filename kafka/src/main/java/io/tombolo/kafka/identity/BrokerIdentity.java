package io.tombolo.kafka.identity;

import java.time.Instant;

/**
 * What the broker proves itself with, for this run only: the key never reaches a disk.
 * @param keyPem   PKCS #8, unencrypted
 * @param chainPem leaf first
 * @param rootsPem what client certificates must chain to
 * @param expires  when the leaf ends
 */
public record BrokerIdentity(String keyPem, String chainPem, String rootsPem, Instant expires) {
    @Override
    public String toString() {
        return "BrokerIdentity[expires=" + expires + "]";
    }
}
