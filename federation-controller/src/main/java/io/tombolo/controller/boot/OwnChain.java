package io.tombolo.controller.boot;

import io.tombolo.trustbundle.tls.CertifiedKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One chain of this controller, made anew at half its life, and when what it was made for changes. */
final class OwnChain {
    private @Nullable CertifiedKey held;
    private String heldFor = "";

    /** The chain held, if it was made for {@code wanted}; else a new one. */
    synchronized CertifiedKey of(String wanted, Function<Instant, CertifiedKey> maker) {
        Instant now = Instant.now();
        @Nullable CertifiedKey known = held;
        if (known == null || !wanted.equals(heldFor) || pastHalf(known, now)) {
            known = maker.apply(now);
            held = known;
            heldFor = wanted;
        }
        return known;
    }

    private static boolean pastHalf(CertifiedKey held, Instant now) {
        X509Certificate leaf = held.chain().getFirst();
        Instant from = leaf.getNotBefore().toInstant();
        Duration life = Duration.between(from, leaf.getNotAfter().toInstant());
        return now.isAfter(from.plus(life.dividedBy(2)));
    }
}
